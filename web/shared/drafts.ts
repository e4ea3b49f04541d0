/** Unfinished texts, which are there again after a reload; nobody finds one a week later. */
import { forget, keysWith, load, save } from "./local";

const DRAFT = "deskbus.draft.";
export const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

interface Kept {
  text: string;
  at: number;
}

let swept = false;

export function loadDraft(name: string): string {
  if (!swept) sweepDrafts();
  swept = true;
  return read(DRAFT + name)?.text ?? "";
}

export function saveDraft(name: string, text: string): void {
  if (text === "") forget(DRAFT + name);
  else save(DRAFT + name, { text, at: Date.now() } satisfies Kept);
}

/** Forgets what was left lying: others may use this browser too. */
export function sweepDrafts(): void {
  for (const key of keysWith(DRAFT)) if (!read(key)) forget(key);
}

/** Calls back when the draft was changed in another tab, until the returned function is called. */
export function followDraft(name: string, changed: (text: string) => void): () => void {
  const hear = (event: StorageEvent) => {
    if (event.key === DRAFT + name) changed(loadDraft(name));
  };
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

function read(key: string): Kept | null {
  const kept = load<Partial<Kept>>(key);
  if (typeof kept?.text !== "string" || Date.now() - (kept.at ?? 0) > KEPT_MS) return null;
  return { text: kept.text, at: kept.at ?? 0 };
}
