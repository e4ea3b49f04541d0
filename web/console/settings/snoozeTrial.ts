/** Other snooze times tried on the last month (N9), and their form. */
import { request } from "../../shared/api";
import type {
  ResnoozedCase,
  SleepsView,
  SnoozeTimesBody,
  SnoozeTrialView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import { type Ask, Partwise } from "../partwise";
import { ZONE } from "../zone";
import type { Problems } from "./draft";
import { summed, type Told, told } from "./trials";

export const MOST_DAYS = 365;

/** As it is typed; without `days` a case waits for its next reply for ever. */
export interface SnoozeForm {
  morning: string;
  weekday: string;
  limited: boolean;
  days: string;
}

export interface SnoozeSum extends Told<ResnoozedCase> {
  snoozes: number;
  concluded: number;
  before: SleepsView;
  after: SleepsView;
}

export function formOf({ morning, weekday, reply_days: days }: SnoozeTimesBody): SnoozeForm {
  return {
    morning,
    weekday: String(weekday),
    limited: Boolean(days),
    days: String(days ?? 14),
  };
}

export function bodyOf({ morning, weekday, limited, days }: SnoozeForm): SnoozeTimesBody {
  return { morning, weekday: Number(weekday), reply_days: limited ? Number(days) : null };
}

export function check({ morning, limited, days }: SnoozeForm): Problems<SnoozeForm> {
  const problems: Problems<SnoozeForm> = {};
  if (!/^\d\d:\d\d$/.test(morning)) problems.morning = { code: "required", params: {} };
  const sound = /^\d{1,3}$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= MOST_DAYS;
  if (limited && !sound) problems.days = { code: "days", params: { max: MOST_DAYS } };
  return problems;
}

export function asking(token: TokenSource): Ask<SnoozeTimesBody, SnoozeTrialView> {
  return (times, after) =>
    request("/cases/snoozing/trial", {
      method: "POST",
      body: { times, time_zone: ZONE, after },
      token,
    });
}

export class SnoozeTrial extends Partwise<SnoozeTimesBody, SnoozeTrialView, SnoozeSum> {
  constructor(ask: Ask<SnoozeTimesBody, SnoozeTrialView>) {
    super(ask, added);
  }
}

export function added(before: SnoozeSum | null, part: SnoozeTrialView): SnoozeSum {
  return {
    ...told(before, part),
    snoozes: (before?.snoozes ?? 0) + part.snoozes,
    concluded: (before?.concluded ?? 0) + part.concluded,
    before: together(before?.before, part.before),
    after: together(before?.after, part.after),
  };
}

function together(one: SleepsView | undefined, other: SleepsView): SleepsView {
  return {
    endings: summed(one?.endings, other.endings),
    slept_seconds: (one?.slept_seconds ?? 0) + other.slept_seconds,
  };
}
