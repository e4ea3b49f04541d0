/** Macros and rules in the words of whoever reads them. */
import { errorText } from "../../shared/api";
import { hasText, locale, t } from "../../shared/i18n";
import { type Condition, kindOfStep, type Step, valuesOf } from "./vocabulary";

/** What labels, portals and technicians are called. */
export interface Names {
  labels: readonly { id: string; title: string }[];
  portals: readonly { id: string; address: string }[];
  technicians: readonly { id: string; name: string }[];
}

export const NO_NAMES: Names = { labels: [], portals: [], technicians: [] };

export function stepText(step: Step, names: Names): string {
  const kind = kindOfStep(step);
  return t(`step-did-${kind}`, {
    labels: step.do === "label" ? labelsOf(step, names) : "",
    name: step.do === "transfer" ? technicianOf(step.to, names) : "",
    priority: step.do === "priority" ? t(`console-priority-${step.priority}`) : "",
    title: step.do === "title" ? step.title : "",
  });
}

export function stepsText(steps: readonly Step[], names: Names): string {
  return steps.map((step) => stepText(step, names)).join(" · ");
}

function labelsOf(step: Extract<Step, { do?: "label" }>, { labels }: Names): string {
  const ids = [...(step.add ?? []), ...(step.remove ?? [])];
  return ids
    .map((id) => labels.find((label) => label.id === id)?.title ?? t("automation-gone"))
    .join(", ");
}

function technicianOf(id: string | null, { technicians }: Names): string {
  if (id === null) return t("automation-queue");
  return technicians.find((one) => one.id === id)?.name ?? t("automation-gone");
}

export function triggerText(trigger: string, minutes: number): string {
  const id = `trigger-${trigger.replaceAll("_", "-")}`;
  return hasText(id) ? t(id, { minutes }) : t("trigger-other");
}

/** A condition that is kept, or one that an event tells of. */
export interface Asked {
  what: string;
  values: readonly string[];
  negated: boolean;
}

export function askedOf(condition: Condition): Asked {
  const values = [...valuesOf(condition)];
  if ("minutes" in condition) values.push(String(condition.minutes));
  if ("most" in condition) values.push(String(condition.most));
  return { what: condition.what, values, negated: condition.negated ?? false };
}

export function conditionText({ what, values, negated }: Asked, names: Names): string {
  const id = `condition-${what.replace("_", "-")}${negated ? "-not" : ""}`;
  if (!hasText(id)) return t("condition-other");
  const named = values.map((value) => valueText(what, value, names)).join(t("automation-or"));
  return t(id, { values: named, count: Number(values[0]) || 0 });
}

/** One of the values that a condition can name. */
export function valueText(what: string, value: string, names: Names): string {
  switch (what) {
    case "label":
      return names.labels.find(({ id }) => id === value)?.title ?? t("automation-gone");
    case "portal":
      return names.portals.find(({ id }) => id === value)?.address ?? t("automation-gone");
    case "assignee":
      if (value === "nobody" || value === "anybody") return t(`automation-${value}`);
      return names.technicians.find(({ id }) => id === value)?.name ?? t("automation-gone");
    case "type":
      return t(`automation-type-${value.replace("_", "-")}`);
    case "state":
      return t(`console-state-${value}`);
    case "priority":
      return t(`console-priority-${value}`);
    case "language":
      return languageName(value);
    default:
      return `“${value}”`;
  }
}

/** What a run did, as its event tells it: words of the vocabulary, without what they named. */
export function didText(did: unknown): string {
  if (!Array.isArray(did)) return "";
  const words = (did as { action: string }[]).map(({ action }) => action);
  return words.map((word) => (hasText(`did-${word}`) ? t(`did-${word}`) : word)).join(", ");
}

/** Why something could not be done: nobody was faster than a rule, so that is said in other words. */
export function whyText(code: string): string {
  const id = `why-${code.replaceAll("_", "-")}`;
  return hasText(id) ? t(id) : errorText(code);
}

function languageName(code: string): string {
  return new Intl.DisplayNames([locale.value], { type: "language" }).of(code) ?? code;
}
