/** What the console knows of a case: the JSON of the cases service, shared by REST answers and `case` frames. */
export type CaseState = "pending" | "unassigned" | "assigned" | "resolved";
export type CaseType = "live_chat" | "request";
export type ListName = "unassigned" | "mine" | "all";

export const LISTS: readonly ListName[] = ["unassigned", "mine", "all"];

export interface Person {
  id: string;
  name: string;
}

export interface Case {
  id: string;
  number: number | string;
  /** Grows with every change of the case; the higher of two copies is the truth. */
  version: number;
  /** Grows only when state or assignee change; an action names the one it was decided on. */
  state_version: number;
  type: CaseType;
  live: boolean;
  state: CaseState;
  assignee: Person | null;
  company_id: string;
  portal: { id: string; address: string };
  customer: { first_name: string; last_name: string; email: string };
  preview: string;
  problem: { text: string; time: string }[];
  created_at: string;
  assigned_at: string | null;
  /** When the customer stopped waiting, or sent the request that it always was. */
  requested_at: string | null;
  ended_at: string | null;
  resolved_at: string | null;
  /** The customer's answer to the survey, 1 to 5. */
  rating: number | null;
  rating_comment: string;
  changed_by: Person | null;
}

export type Counts = Record<ListName, number>;

export interface CasePage {
  cases: Case[];
  next: string | null;
  counts: Counts;
  /** Whether the server takes this technician for available; if not, what waits is not in here (S57). */
  available: boolean;
}

export interface Technician extends Person {
  email: string;
  role: "administrator" | "technician";
  account_name: string;
  companies: {
    id: string;
    name: string;
    portal: { id: string; subdomain: string; address: string } | null;
  }[];
  available: boolean;
  sound: boolean;
}

/** Whether it waits for somebody to take it; such cases are shown only to who is available (S57). */
export function isIncoming(item: Case): boolean {
  return item.state === "unassigned" || item.state === "pending";
}

/** Whether somebody sits in the chat and waits at this moment. */
export function isWaiting(item: Case): boolean {
  return item.live && isIncoming(item);
}

/** Whether there ever was a conversation; a request from the form has none, and nothing to follow. */
export function wasChat(item: Case): boolean {
  return item.type === "live_chat" || item.ended_at !== null;
}

/** What a request asks. A chat that its customer left without a word became one too, and asks nothing. */
export function questionOf(item: Case): string | null {
  if (item.type !== "request" || item.requested_at === null) return null;
  const asked = Date.parse(item.requested_at);
  return item.problem.findLast((line) => Date.parse(line.time) === asked)?.text ?? null;
}

export function customerName(item: Pick<Case, "customer">): string {
  return `${item.customer.first_name} ${item.customer.last_name}`.trim();
}
