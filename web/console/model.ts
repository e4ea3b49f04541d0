/** What the console knows of a case: the JSON of the cases service, shared by REST answers and `case` frames. */
export type CaseState = "unassigned" | "assigned" | "resolved";
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
  type: "live_chat";
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
  ended_at: string | null;
  resolved_at: string | null;
  changed_by: Person | null;
}

export type Counts = Record<ListName, number>;

export interface CasePage {
  cases: Case[];
  next: string | null;
  counts: Counts;
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

export function customerName(item: Pick<Case, "customer">): string {
  return `${item.customer.first_name} ${item.customer.last_name}`.trim();
}
