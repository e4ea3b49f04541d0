import type { Case, Person } from "../model";

/** A live chat that waits, for tests; every field can be said otherwise. */
export function sampleCase(change: Partial<Case> & { id: string }): Case {
  return {
    number: 1042,
    version: 1,
    state_version: 1,
    type: "live_chat",
    live: true,
    state: "unassigned",
    assignee: null,
    company_id: "c0000000-0000-7000-8000-000000000001",
    portal: { id: "p0000000-0000-7000-8000-000000000001", address: "demo.example.com" },
    customer: { first_name: "Ada", last_name: "Byron", email: "ada@example.com" },
    preview: "The export stops at page 3",
    problem: [],
    created_at: "2026-05-04T10:00:00Z",
    assigned_at: null,
    requested_at: null,
    ended_at: null,
    resolved_at: null,
    rating: null,
    rating_comment: "",
    changed_by: null,
    title: "",
    snoozed_until: null,
    labels: [],
    flagged: false,
    priority: "normal",
    muted: false,
    spam: false,
    customer_at: null,
    waiting_since: null,
    unanswered: 0,
    contact_id: null,
    contact_verified: false,
    followed_up: false,
    updated_at: "2026-05-04T10:00:00Z",
    refers_to: null,
    refers_from: null,
    merged_into: null,
    merged: [],
    sla: null,
    ...change,
  };
}

export const TINA: Person = { id: "t-tina", name: "Tina Turing" };
export const OTTO: Person = { id: "t-otto", name: "Otto Ohm" };
