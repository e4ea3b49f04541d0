import { formatLocale, t } from "../../shared/i18n";
import { formatDuration, formatFull, now } from "../../shared/time";
import { type Case, isWaiting } from "../model";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When the time of a case stops: a live chat's at its end, that of others once they are resolved. */
function stopped(item: Case): string | null {
  return item.type === "live_chat" ? item.ended_at : item.resolved_at;
}

/**
 * Milliseconds of a case (S26). A live chat: the wait so far, then the whole chat.
 * A request: the wait in the chat, if there was one, and the time since. An email or a call: since it came.
 */
export function caseDuration(item: Case, at: number): number {
  const until = stopped(item);
  return (until ? Date.parse(until) : at) - Date.parse(item.created_at);
}

/** As a clock up to a day; what takes longer is told in days and hours, because nobody reads 74:10:22. */
export function formatAge(milliseconds: number): string {
  if (milliseconds < DAY) return formatDuration(milliseconds);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  return `${inUnit("day", Math.floor(milliseconds / DAY))} ${inUnit("hour", hours)}`;
}

const units = new Map<string, Intl.NumberFormat>();

function inUnit(unit: "day" | "hour", value: number): string {
  // Many rows tick each second, and making a formatter costs far more than using one.
  const key = `${formatLocale.value} ${unit}`;
  const format =
    units.get(key) ??
    new Intl.NumberFormat(formatLocale.value, { style: "unit", unit, unitDisplay: "short" });
  units.set(key, format);
  return format.format(value);
}

function labelOf(item: Case): string {
  if (isWaiting(item)) return "console-time-waiting";
  if (stopped(item) !== null) return "console-time-ended";
  if (item.type === "live_chat") return "console-time-live";
  return item.type === "request" ? "console-time-request" : "console-time-received";
}

/** The only part of a row that renders each second, and only while the time runs. */
export function CaseTime({ item, class: name }: { item: Case; class: string }) {
  const duration = formatAge(caseDuration(item, stopped(item) ? 0 : now.value));
  const label = t(labelOf(item));
  return (
    <time
      class={name}
      role="timer"
      aria-live="off"
      data-waiting={isWaiting(item)}
      title={t("console-time-title", { what: label, since: formatFull(item.created_at) })}
    >
      <span class="visually-hidden">{label} </span>
      {duration}
    </time>
  );
}
