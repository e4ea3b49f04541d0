import { signal } from "@preact/signals";
import { show } from "./focus";

/** The one dialog or card of the console that is open besides the questions, by the name of what it shows. */
export const opened = signal<string | null>(null);

export function open(what: string): void {
  opened.value = what;
}

/** A form of the details: where they are not beside the conversation, they are shown first. */
export function openInDetails(what: string): void {
  show("details");
  open(what);
}

/** A dialog of the conversation: on a phone, where the details may be on top of it, it is shown first. */
export function openInConversation(what: string): void {
  show("conversation");
  open(what);
}

export function close(): void {
  opened.value = null;
}

/** The palette has gone; what its last command opened in its place stays. */
export function closePalette(): void {
  if (opened.peek()?.split(" ")[0] === "palette") close();
}
