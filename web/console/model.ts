/** What the console knows of a case: the JSON of the cases service, shared by REST answers and `case` frames. */
import type { CaseView, ListCounts } from "../shared/generated/rest";

export type {
  CaseList as CasePage,
  CasesPerson as Person,
  CaseView as Case,
  ListCounts as Counts,
  Me as Technician,
} from "../shared/generated/rest";
export type CaseState = CaseView["state"];
export type CaseType = CaseView["type"];
export type ListName = keyof ListCounts;

export const LISTS: readonly ListName[] = ["unassigned", "mine", "all"];

/** Whether it waits for somebody to take it; such cases are shown only to who is available (S57). */
export function isIncoming(item: CaseView): boolean {
  return item.state === "unassigned" || item.state === "pending";
}

/** Whether somebody sits in the chat and waits at this moment. */
export function isWaiting(item: CaseView): boolean {
  return item.live && isIncoming(item);
}

/** Whether it alerts nobody (S52): no sound, no dot; what is written there arrives all the same. */
export function isQuiet(item: Pick<CaseView, "muted" | "spam">): boolean {
  return item.muted || item.spam;
}

/** Whether there ever was a conversation; a request from the form has none, and nothing to follow. */
export function wasChat(item: CaseView): boolean {
  return item.type === "live_chat" || item.ended_at !== null;
}

/** What a request, a call or a mail asks. A chat that its customer left without a word became one too, and asks nothing. */
export function questionOf(item: CaseView): string | null {
  if (item.type === "call" || item.type === "email") return item.problem.at(-1)?.text ?? null;
  if (item.type !== "request" || item.requested_at === null) return null;
  const asked = Date.parse(item.requested_at);
  return item.problem.findLast((line) => Date.parse(line.time) === asked)?.text ?? null;
}

export function customerName(item: Pick<CaseView, "customer">): string {
  return `${item.customer.first_name} ${item.customer.last_name}`.trim();
}
