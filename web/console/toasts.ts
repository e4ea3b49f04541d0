import { signal } from "@preact/signals";

export interface Toast {
  id: number;
  text: string;
  /** Stable code of the error behind it, for the small print. */
  code?: string;
  tone: "done" | "warning" | "error";
  action?: { label: string; run: () => void };
  /** What happens once it cannot be undone any more: it went, or somebody closed it. */
  gone?: () => void;
}

/** How long what was done stands there, and can be undone from there. */
export const STAYS_MS = 8_000;
/** How soon it is looked again whether the pointer or the focus has left what would go. */
const AGAIN_MS = 1_000;
export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Says something that needs no answer; an error stays until it is closed. The id takes it back. */
export function toast(said: Omit<Toast, "id">): number {
  const id = ++last;
  for (const { id: old } of toasts.peek().slice(0, -2)) close(old);
  toasts.value = [...toasts.peek(), { ...said, id }];
  if (said.tone !== "error") setTimeout(() => expire(id), STAYS_MS);
  return id;
}

/** Whoever is about to press Undo still finds it there (WCAG 2.2.1). */
function expire(id: number): void {
  const place = document.querySelector(".toasts");
  if (place?.matches(":hover") || place?.contains(document.activeElement))
    setTimeout(() => expire(id), AGAIN_MS);
  else close(id);
}

/** It has stood there long enough, and nobody undid it. */
export function close(id: number): void {
  const closed = toasts.peek().find((item) => item.id === id);
  dismiss(id);
  closed?.gone?.();
}

/** Takes it back: it is as if it had not been said. */
export function dismiss(id: number): void {
  toasts.value = toasts.peek().filter((item) => item.id !== id);
}
