import { type Case, isIncoming, type Person } from "../model";

/** What can be done without saying more. */
export type Action = "assign" | "resolve" | "reopen" | "open" | "pending";

/** What can be done to a case, as `POST /api/cases/cases/{id}/<do>` takes it. */
export type Act =
  | { do: Action }
  | { do: "snooze"; until: string; time_zone: string }
  | { do: "transfer"; to: Person | null; note: string }
  | { do: "label"; add: string[]; remove: string[] }
  | { do: "title"; title: string }
  | { do: "priority"; priority: Case["priority"] }
  | { do: "flag"; flagged: boolean }
  | { do: "mute"; muted: boolean }
  | { do: "spam"; spam: boolean }
  | { do: "verify"; verified: boolean }
  | MacroAct;

/** A macro applied. What it is called and whether it ends a live chat is for the console alone. */
export interface MacroAct {
  do: "macro";
  macro: string;
  client_id: string;
  name: string;
  ends: boolean;
}

/** An act that was pressed and is not answered yet. */
export interface Pending {
  act: Act;
  /** The state version it was decided on; the server refuses it when the case has moved on. */
  stateVersion: number;
  me: Person;
}

export function actOf(wanted: Action | Act): Act {
  return typeof wanted === "string" ? { do: wanted } : wanted;
}

/** The one action that a case's state offers. */
export function actionFor(item: Case): Action {
  if (isIncoming(item)) return "assign";
  if (item.state === "snoozed") return "open";
  return item.state === "assigned" ? "resolve" : "reopen";
}

/** What a case looks like once an act has been done to it. */
function after(item: Case, act: Act, me: Person): Partial<Case> {
  switch (act.do) {
    case "assign":
    case "reopen":
    case "open":
      return { state: "assigned", assignee: me, snoozed_until: null };
    case "resolve":
      return { state: "resolved", assignee: item.assignee ?? me, snoozed_until: null };
    case "pending":
      return { state: "pending", assignee: null, snoozed_until: null };
    case "snooze":
      return { state: "snoozed", snoozed_until: Date.parse(act.until) ? act.until : null };
    case "transfer": {
      if (item.state === "snoozed") return { assignee: act.to };
      return { state: act.to ? "assigned" : "unassigned", assignee: act.to };
    }
    case "label": {
      const kept = item.labels.filter((id) => !act.remove.includes(id) && !act.add.includes(id));
      return { labels: [...kept, ...act.add] };
    }
    case "title":
      return { title: act.title };
    case "priority":
      return { priority: act.priority };
    case "flag":
      return { flagged: act.flagged };
    case "mute":
      return { muted: act.muted };
    case "verify":
      return { contact_verified: act.verified };
    case "spam":
      return act.spam ? { spam: true, state: "resolved" } : { spam: false };
    case "macro":
      // What comes of it is the server's to say.
      return {};
  }
}

/**
 * The case as it will be when the pending act wins.
 * When somebody else's change is known already the act has lost, whatever its answer says later: the truth is shown.
 */
export function expected(item: Case, pending: Pending | undefined): Case {
  if (!pending || pending.stateVersion !== item.state_version) return item;
  return { ...item, ...after(item, pending.act, pending.me) };
}
