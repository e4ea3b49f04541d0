/** What is written under a case: a reply into its chat, a mail to its customer, or a private note. */
import { signal } from "@preact/signals";
import type { Chat } from "./chats";
import { enterPane } from "./focus";
import type { Case } from "./model";

export type Writing = "reply" | "mail" | "note";

/** Whether a note is being written instead; kept while one goes from case to case. */
const noting = signal(false);
/** The case whose customer gets a mail although their chat is live; nowhere else that is what one expects. */
const mailing = signal<string | null>(null);

/** What can be written, the obvious one first. */
export function waysOf(item: Case, chat: Chat | undefined): readonly Writing[] {
  return isTalking(item, chat) ? ["reply", "mail", "note"] : ["mail", "note"];
}

export function writingOf(item: Case, chat: Chat | undefined): Writing {
  if (noting.value) return "note";
  return isTalking(item, chat) && mailing.value !== item.id ? "reply" : "mail";
}

export function choose(item: Case, what: Writing): void {
  noting.value = what === "note";
  mailing.value = what === "mail" ? item.id : null;
}

/** Goes to where a reply or a private note is written. */
export function write(note: boolean): void {
  noting.value = note;
  mailing.value = null;
  enterPane("conversation");
}

/** Goes to where a mail is written. */
export function startMail(item: Case): void {
  choose(item, "mail");
  enterPane("conversation");
}

/** Whether there is somewhere to write to; a merged case is answered where it goes on. */
export function mayBeMailed({ customer, merged_into }: Case): boolean {
  return customer.email !== "" && !merged_into;
}

/** Whether somebody sits in the chat, so that a reply reaches them. */
function isTalking(item: Case, chat: Chat | undefined): boolean {
  return (
    item.type === "live_chat" &&
    item.live &&
    chat !== undefined &&
    chat.conversation.state.value !== "ended"
  );
}
