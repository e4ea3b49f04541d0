/** What a line of the audit log holds, in the words of whoever reads it (X15). */
import { hasText, t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import { formatSpan, promised } from "../sla";
import { formatWeekday } from "../snoozing";
import { type AuditLine, scopeText } from "./integrations";
import { formatHoliday } from "./serviceLevel";

/** What ids are called: people, keys, labels, macros, companies. */
export type Called = ReadonlyMap<string, string>;

export interface Fact {
  field: string;
  name: string;
  value: string;
  /** What it was until then, where that is known. */
  before: string | null;
}

const NOTHING = "–";
/** The server tells of a secret that it changed, and nothing of it. */
const HIDDEN = "•••";
const YES: Readonly<Record<string, boolean>> = { yes: true, True: true, no: false, False: false };
/** What the sentence says already, or what only a program can use. */
const SAID = [
  ...["number", "count", "name", "title", "portal", "technician"],
  ...["since", "undone", "note_id", "mail_id", "into_id"],
];
const MINUTE = 60_000;

/** What the line says besides its sentence: first what was changed, then what else is known. */
export function factsOf(line: AuditLine, called: Called): Fact[] {
  const changed = line.changes
    .filter(({ before, after }) => before !== null || after)
    .map(({ field, before, after }) => fact(field, after, before, called));
  const named = new Set(line.changes.map(({ field }) => field));
  const others = Object.entries(line.details)
    .filter(([field, value]) => value && !named.has(field) && !SAID.includes(field))
    .map(([field, value]) => fact(field, value, null, called));
  return [...changed, ...others].sort((one, other) => place(one) - place(other));
}

function fact(field: string, after: string | null, before: string | null, called: Called): Fact {
  const hidden = after === HIDDEN;
  return {
    field,
    name: fieldName(field),
    value: hidden ? t("audit-hidden") : valueText(field, after, called),
    before: before === null || hidden ? null : valueText(field, before, called),
  };
}

function place({ before }: Fact): number {
  return before === null ? 1 : 0;
}

/** The name of a field, as the settings call it; its own name where they do not. */
export function fieldName(field: string): string {
  const [, kind, priority] = PROMISE.exec(field) ?? [];
  if (kind)
    return priority
      ? t("audit-of-priority", {
          what: promised(kind),
          priority: t(`console-priority-${priority}`),
        })
      : promised(kind);
  const id = `audit-field-${field.replaceAll("_", "-")}`;
  return hasText(id) ? t(id) : field.replaceAll("_", " ");
}

const PROMISE = /^(first_response|next_response|resolution)(?:_(urgent|high|normal|low))?$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** A value as it reads; one that has no words yet stands as it was told. */
export function valueText(field: string, value: string | null, called: Called): string {
  if (!value) return NOTHING;
  if (value in YES) return t(YES[value] ? "audit-yes" : "audit-no");
  if (field === "hours") return hoursText(value);
  if (TIME.test(value)) return formatFull(value);
  if (MEASURED[field] || PROMISE.test(field)) return (MEASURED[field] ?? minutesText)(value);
  if (LISTED.includes(field) || ID.test(value))
    return value
      .split(", ")
      .map((one) => called.get(one) ?? word(field, one))
      .join(", ");
  return word(field, value);
}

/** What numbers stand for. */
const MEASURED: Readonly<Record<string, (value: string) => string>> = {
  minutes: minutesText,
  seconds: (value) => t("audit-seconds", { count: Number(value) }),
  offer_after: (value) => t("audit-seconds", { count: Number(value) }),
  grace: (value) => t("audit-seconds", { count: Number(value) }),
  reply_days: (value) => t("audit-days", { count: Number(value) }),
  warn_percent: (value) =>
    value === "0" ? t("sla-warn-never") : t("sla-warn-share", { percent: value }),
  weekday: (value) => formatWeekday(Number(value)),
};
/** Several of a kind, one behind the other. */
const LISTED = [
  ...["actions", "added", "companies", "fields", "holidays", "mentions", "removed", "scopes"],
];

function minutesText(value: string): string {
  return formatSpan(Number(value) * MINUTE);
}

/** Where the settings have words for the values of a field; the rest is told as `audit-value-…`. */
const WORDS: Readonly<Record<string, string>> = {
  actions: "did",
  colour: "colour",
  fields: "console-field",
  kind: "console-sla",
  outcome: "routing-outcome",
  priority: "console-priority",
  trigger: "trigger-pick",
};

function word(field: string, value: string): string {
  if (field === "scopes") return scopeText(value);
  if (DAY.test(value)) return formatHoliday(value);
  const id = `${WORDS[field] ?? `audit-value-${field}`}-${value}`.replaceAll("_", "-");
  return hasText(id) ? t(id) : value;
}

/** "09:00-17:00; 09:00-17:00; ; …": the days of a week with their hours, those that are alike together. */
function hoursText(value: string): string {
  if (value === "always") return t("hours-always");
  const days = value.split("; ");
  const runs: { from: number; to: number; hours: string }[] = [];
  days.forEach((hours, day) => {
    const last = runs.at(-1);
    if (last?.hours === hours) last.to = day;
    else runs.push({ from: day, to: day, hours });
  });
  return runs
    .filter(({ hours }) => hours !== "")
    .map(({ from, to, hours }) => {
      const named = [...new Set([from, to])].map(formatWeekday).join("–");
      return `${named} ${hours.replaceAll("-", "–")}`;
    })
    .join("; ");
}
