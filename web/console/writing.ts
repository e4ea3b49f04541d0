import { signal } from "@preact/signals";
import { enterPane } from "./focus";

/** Whether a note is being written instead of a reply; kept while one goes from case to case. */
export const noting = signal(false);

/** Goes to where a reply or a private note is written. */
export function write(note: boolean): void {
  noting.value = note;
  enterPane("conversation");
}
