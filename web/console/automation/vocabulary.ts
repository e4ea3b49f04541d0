/** What macros and rules are made of, as the forms offer it: kinds of actions and of conditions, and what each asks for. */
import type { MacroView, RuleView } from "../../shared/generated/rest";
import { ZONE } from "../zone";

export type Step = MacroView["actions"][number];
export type RuleStep = RuleView["actions"][number];
export type Condition = RuleView["conditions"][number];
export type Trigger = RuleView["trigger"];

export const STEP_KINDS = [
  "label-add",
  "label-remove",
  "priority",
  "transfer",
  "assign",
  "resolve",
  "snooze",
  "pending",
  "note",
  "title",
  "flag",
  "unflag",
  "mute",
  "unmute",
  "spam",
  "open",
  "reopen",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
/** What makes a case one's own: a rule is nobody, and cannot. */
const TAKING: ReadonlySet<StepKind> = new Set(["assign", "open", "reopen"]);
export const RULE_STEP_KINDS = STEP_KINDS.filter((kind) => !TAKING.has(kind));

export function kindOfStep(step: Step): StepKind {
  if (step.do === "label") return step.remove?.length ? "label-remove" : "label-add";
  if (step.do === "flag") return step.flagged === false ? "unflag" : "flag";
  if (step.do === "mute") return step.muted === false ? "unmute" : "mute";
  return step.do;
}

/** An action of this kind that does not say what it needs yet. */
export function newStep(kind: StepKind): Step {
  switch (kind) {
    case "label-add":
      return { do: "label", add: [], remove: [] };
    case "label-remove":
      // The empty place tells the two kinds apart until a label is chosen.
      return { do: "label", add: [], remove: [""] };
    case "priority":
      return { do: "priority", priority: "high" };
    case "transfer":
      return { do: "transfer", to: null, note: "" };
    case "snooze":
      return { do: "snooze", until: "reply", time_zone: ZONE };
    case "note":
      return { do: "note", text: "", mentions: [] };
    case "title":
      return { do: "title", title: "" };
    case "flag":
    case "unflag":
      return { do: "flag", flagged: kind === "flag" };
    case "mute":
    case "unmute":
      return { do: "mute", muted: kind === "mute" };
    case "spam":
      return { do: "spam", spam: true };
    default:
      return { do: kind };
  }
}

/** Whether it says all that it needs. */
export function isWholeStep(step: Step): boolean {
  if (step.do === "label") {
    const named = [...(step.add ?? []), ...(step.remove ?? [])];
    return named.length > 0 && named.every(Boolean);
  }
  return step.do !== "note" || step.text.trim() !== "";
}

export const CONDITION_KINDS = [
  "text",
  "portal",
  "type",
  "state",
  "assignee",
  "label",
  "priority",
  "language",
  "email",
  "flagged",
  "office_open",
  "waited",
  "rating",
] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];
/** Those that name some of a few. */
export type ListKind = "portal" | "type" | "state" | "assignee" | "label" | "priority" | "language";

/** The values that are the same at every desk; labels, portals and technicians are asked for. */
export const VALUES: Readonly<Partial<Record<ConditionKind, readonly string[]>>> = {
  type: ["live_chat", "request", "email", "call"],
  state: ["pending", "unassigned", "assigned", "snoozed", "resolved"],
  priority: ["urgent", "high", "normal", "low"],
};

export function newCondition(kind: ConditionKind): Condition {
  switch (kind) {
    case "flagged":
    case "office_open":
      return { what: kind, negated: false };
    case "waited":
      return { what: "waited", minutes: 30, negated: false };
    case "rating":
      return { what: "rating", most: 2, negated: false };
    default:
      return { what: kind, values: [], negated: false };
  }
}

export function valuesOf(condition: Condition): readonly string[] {
  return "values" in condition ? condition.values.map(String) : [];
}

export function isWholeCondition(condition: Condition): boolean {
  if ("minutes" in condition) return condition.minutes >= 1 && condition.minutes <= MOST_MINUTES;
  if (condition.what === "text" || condition.what === "email")
    return valuesOf(condition).length > 0 && valuesOf(condition).every((it) => it.length >= 2);
  return !("values" in condition) || condition.values.length > 0;
}

/** A month. */
export const MOST_MINUTES = 43_200;
export const MOST_STEPS = 20;

export const TRIGGERS = [
  "opened",
  "wrote",
  "waited",
  "requested",
  "ready",
  "contact_known",
  "answered",
  "assigned",
  "queued",
  "labelled",
  "edited",
  "snoozed",
  "woken",
  "pending",
  "chat_ended",
  "resolved",
  "reopened",
  "survey_answered",
  "sla_warned",
  "sla_breached",
] as const satisfies readonly Trigger[];
