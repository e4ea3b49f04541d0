/** Unfinished texts, which are there again after a reload. */
import { forget, load, save } from "./local";

const DRAFT = "deskbus.draft.";

export function loadDraft(name: string): string {
  return load<string>(DRAFT + name) ?? "";
}

export function saveDraft(name: string, text: string): void {
  if (text === "") forget(DRAFT + name);
  else save(DRAFT + name, text);
}
