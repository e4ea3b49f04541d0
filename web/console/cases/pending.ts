import { type Case, isIncoming, type Person } from "../model";

export type Action = "assign" | "resolve" | "reopen";

/** An action that was pressed and is not answered yet. */
export interface Pending {
  action: Action;
  /** The state version it was decided on; the server refuses it when the case has moved on. */
  stateVersion: number;
  me: Person;
}

/** The one action that a case's state offers. */
export function actionFor(item: Case): Action {
  if (isIncoming(item)) return "assign";
  return item.state === "assigned" ? "resolve" : "reopen";
}

/**
 * The case as it will be when the pending action wins.
 * When somebody else's change is known already the action has lost, whatever its answer says later: the truth is shown.
 */
export function expected(item: Case, pending: Pending | undefined): Case {
  if (!pending || pending.stateVersion !== item.state_version) return item;
  if (pending.action === "resolve") return { ...item, state: "resolved" };
  return { ...item, state: "assigned", assignee: pending.me };
}
