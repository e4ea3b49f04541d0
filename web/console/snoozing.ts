/** When a case comes back that is put off (S36), as the account has decided; what the choices are called. */
import { signal } from "@preact/signals";
import { request } from "../shared/api";
import type { SnoozeTimesBody } from "../shared/generated/rest";
import { formatLocale, t } from "../shared/i18n";
import type { TokenSource } from "../shared/token";

export const SNOOZES = ["reply", "tomorrow", "next_week"] as const;
export type SnoozeChoice = (typeof SNOOZES)[number];

const NINE: SnoozeTimesBody = { morning: "09:00", weekday: 0, reply_days: null };
/** What holds, as far as it was read. */
export const snoozeTimes = signal<SnoozeTimesBody>(NINE);

export class SnoozeCalls {
  constructor(private readonly token: TokenSource) {}

  read(): Promise<SnoozeTimesBody> {
    return request("/cases/snoozing", { token: this.token });
  }

  save(body: SnoozeTimesBody): Promise<SnoozeTimesBody> {
    return request("/cases/snoozing", { method: "PUT", body, token: this.token, idempotent: true });
  }
}

/** What the menus say, read again when it changes. */
export class Snoozing {
  private reading = 0;

  constructor(private readonly source: Pick<SnoozeCalls, "read">) {}

  async load(): Promise<void> {
    const reading = ++this.reading;
    try {
      const times = await this.source.read();
      // An answer that was overtaken may be of before the change.
      if (reading === this.reading) snoozeTimes.value = times;
    } catch {
      // A menu that says another hour for a moment is better than none: what was known stays.
    }
  }
}

/** What a choice means, in a few words. */
export function snoozeText(choice: SnoozeChoice): string {
  const { morning, weekday, reply_days: days } = snoozeTimes.value;
  if (choice !== "reply") {
    const means = { time: formatMorning(morning), day: formatWeekday(weekday) };
    return t(choice === "tomorrow" ? "console-snooze-tomorrow" : "console-snooze-next-week", means);
  }
  return days ? t("console-snooze-reply-days", { days }) : t("console-snooze-reply");
}

/** The hour and minute of a clock on the wall. */
export function formatMorning(morning: string): string {
  const words = { hour: "numeric", minute: "2-digit", timeZone: "UTC" } as const;
  return new Date(`2026-01-05T${morning}:00Z`).toLocaleTimeString(formatLocale.value, words);
}

/** Monday is day 0. The 5th of January 2026 is one. */
export function formatWeekday(day: number): string {
  const date = new Date(Date.UTC(2026, 0, 5 + day));
  return date.toLocaleDateString(formatLocale.value, { weekday: "long", timeZone: "UTC" });
}
