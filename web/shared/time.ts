/** Times in the viewer's language and zone, and a clock that ticks only while somebody looks. */
import { signal } from "@preact/signals";
import { formatLocale } from "./i18n";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let offset = 0;
let ticker: ReturnType<typeof setInterval> | undefined;

/** The server's time as well as we know it: a wrong clock here must not show a wrong wait. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Takes the `Date` of an answer. It has whole seconds, so small differences are left alone. */
export function noteServerTime(date: string | null): void {
  const server = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(server)) return;
  const difference = server - Date.now();
  offset = Math.abs(difference) > 2 * SECOND ? difference : 0;
}

/** The server's time in milliseconds, once a second while something on screen reads it. */
export const now = signal(serverNow(), {
  watched() {
    now.value = serverNow();
    ticker = setInterval(() => {
      now.value = serverNow();
    }, SECOND);
  },
  unwatched() {
    clearInterval(ticker);
  },
});

/** A length of time as `0:42`, `12:05` or `1:02:33`. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / SECOND));
  const pad = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  const rest = pad(total % 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** "5 minutes ago" up to a day, then the date and time. */
export function formatRelative(iso: string, at: number = now.value): string {
  const age = Math.max(0, at - Date.parse(iso));
  if (age >= DAY) return formatDateTime(iso, at);
  const words = new Intl.RelativeTimeFormat(formatLocale.value, { numeric: "auto" });
  if (age >= HOUR) return words.format(-Math.floor(age / HOUR), "hour");
  if (age >= MINUTE) return words.format(-Math.floor(age / MINUTE), "minute");
  return words.format(0, "second");
}

/** The hour and minute alone, as beside a message. */
export function formatClock(iso: string): string {
  return write(iso, { hour: "numeric", minute: "2-digit" });
}

/** Day, month, hour and minute; the year only when it is another one. */
export function formatDateTime(iso: string, at: number = now.peek()): string {
  return write(iso, {
    day: "numeric",
    month: "short",
    ...otherYear(iso, at),
    hour: "numeric",
    minute: "2-digit",
  });
}

/** Day and month, for what an hour means nothing of; the year only when it is another one. */
export function formatDate(iso: string, at: number = now.peek()): string {
  return write(iso, { day: "numeric", month: "short", ...otherYear(iso, at) });
}

/** Weekday, time and date in full: what stands in a tooltip or the details of a case. */
export function formatFull(iso: string): string {
  return write(iso, { dateStyle: "full", timeStyle: "short" });
}

/** A day as a heading between messages; the year only when it is another one. */
export function formatDay(iso: string, at: number = now.peek()): string {
  return write(iso, { weekday: "long", day: "numeric", month: "long", ...otherYear(iso, at) });
}

function otherYear(iso: string, at: number): Intl.DateTimeFormatOptions {
  const same = new Date(iso).getFullYear() === new Date(at).getFullYear();
  return same ? {} : { year: "numeric" };
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** What was written lately: a long list that is scrolled writes the same times again and again. */
const written = new Map<string, string>();
const REMEMBERED = 4_000;

function write(iso: string, options: Intl.DateTimeFormatOptions): string {
  // Making a formatter costs far more than using one, and a list of messages uses it for each.
  const key = formatLocale.value + JSON.stringify(options);
  const known = written.get(key + iso);
  if (known !== undefined) return known;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(formatLocale.value, options);
  formats.set(key, format);
  if (written.size >= REMEMBERED) written.clear();
  const text = format.format(new Date(iso));
  written.set(key + iso, text);
  return text;
}
