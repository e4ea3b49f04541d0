/** What a portal's service level promises of a case, in words that tick without a request (X10). */
import { formatLocale, t } from "../shared/i18n";
import { formatFull } from "../shared/time";
import type { SlaClockView } from "../shared/generated/rest";
import type { Case } from "./model";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Tone = "calm" | "near" | "late";

/** How a case stands with what is promised first; null where no clock runs. */
export interface Standing {
  tone: Tone;
  what: string;
  /** How long there is left, or for how long it is overdue. */
  time: string;
  dueAt: string;
}

export function standingOf({ sla }: Pick<Case, "sla">, at: number): Standing | null {
  if (!sla?.due_at) return null;
  const left = Date.parse(sla.due_at) - at;
  const tone = left <= 0 ? "late" : sla.warned_at ? "near" : "calm";
  // What is left counts until its last minute has begun, what is overdue once a minute has passed.
  const span = left > 0 ? left : Math.floor(-left / MINUTE) * MINUTE;
  return { tone, what: promised(sla.kind), time: formatSpan(span), dueAt: sla.due_at };
}

/** The whole sentence, as a screen reader says it and the details show it. */
export function standingText({ tone, what, time }: Standing): string {
  return t(tone === "late" ? "console-sla-late" : "console-sla-in", { what, time });
}

/** What is promised; a kind that this page does not know yet is a promise all the same. */
export function promised(kind: string): string {
  const known = ["first_response", "next_response", "resolution"].includes(kind);
  return t(known ? `console-sla-${kind.replace("_", "-")}` : "console-sla-promise");
}

/** How one clock stands, for the details. */
export function clockText(clock: SlaClockView, at: number): string {
  const what = promised(clock.kind);
  if (clock.due_at) {
    const standing = standingOf({ sla: { ...clock, clocks: [] } }, at);
    if (standing) return standingText(standing);
  }
  if (clock.met_at) {
    const words = clock.breached_at ? "console-sla-met-late" : "console-sla-met";
    return t(words, { what, at: formatFull(clock.met_at) });
  }
  return t("console-sla-paused", { what });
}

/** "12 min", "3 hr 20 min", "2 days 4 hr": never less than a minute, and never more than two units. */
export function formatSpan(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / MINUTE));
  const span = minutes * MINUTE;
  if (span < HOUR) return inUnit("minute", minutes);
  if (span < DAY) return inTwo("hour", Math.floor(minutes / 60), "minute", minutes % 60);
  return inTwo("day", Math.floor(span / DAY), "hour", Math.floor((span % DAY) / HOUR));
}

type Unit = "day" | "hour" | "minute";

function inTwo(large: Unit, first: number, small: Unit, second: number): string {
  return second > 0 ? `${inUnit(large, first)} ${inUnit(small, second)}` : inUnit(large, first);
}

const units = new Map<string, Intl.NumberFormat>();

function inUnit(unit: Unit, value: number): string {
  const key = `${formatLocale.value} ${unit}`;
  const format =
    units.get(key) ??
    new Intl.NumberFormat(formatLocale.value, { style: "unit", unit, unitDisplay: "short" });
  units.set(key, format);
  return format.format(value);
}
