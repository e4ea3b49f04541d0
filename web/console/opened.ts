import { signal } from "@preact/signals";
import { layout } from "./layout";
import { go } from "./route";

/** The one dialog or card of the console that is open besides the questions, by the name of what it shows. */
export const opened = signal<string | null>(null);

export function open(what: string): void {
  opened.value = what;
}

/** A form of the details: where they are not beside the conversation, they are shown first. */
export function openInDetails(what: string): void {
  showDetails();
  open(what);
}

export function showDetails(): void {
  if (layout.peek() !== "wide") go({ details: true }, { replace: layout.peek() === "medium" });
}

export function close(): void {
  opened.value = null;
}

/** The palette has gone; what its last command opened in its place stays. */
export function closePalette(): void {
  if (opened.peek()?.split(" ")[0] === "palette") close();
}
