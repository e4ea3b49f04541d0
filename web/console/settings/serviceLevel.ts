/** A service level as its form has it, and the REST calls around it (X10, N9). */
import { request } from "../../shared/api";
import { formatLocale } from "../../shared/i18n";
import type {
  LevelBody,
  LevelView,
  PreviewView,
  RangeBody,
  ServiceLevelsView,
  TargetsBody,
  SlaTrialView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Problems } from "./draft";

export const KINDS = ["first_response", "next_response", "resolution"] as const;
export type Kind = (typeof KINDS)[number];
export const PRIORITIES = ["urgent", "high", "low"] as const;
export type PriorityName = (typeof PRIORITIES)[number];
export const EVERYWHERE = "default";
const MOST_MINUTES = 100_000;

/** What is typed: a number and its unit; an empty number promises nothing. */
export interface Span {
  amount: string;
  unit: "minutes" | "hours";
}

export type Spans = Record<Kind, Span>;

export interface LevelForm {
  first_response: Span;
  next_response: Span;
  resolution: Span;
  priorities: Record<PriorityName, Spans>;
  warn: string;
  always: boolean;
  zone: string;
  week: RangeBody[][];
  holidays: string[];
}

const WORKDAY: RangeBody[] = [{ begin: "09:00", end: "17:00" }];
export const NO_SPAN: Span = { amount: "", unit: "minutes" };

export function formOf(level: LevelView | null): LevelForm {
  const hours = level?.hours;
  const spans = spansOf(level?.targets);
  return {
    ...spans,
    priorities: Object.fromEntries(
      PRIORITIES.map((name) => [name, spansOf(level?.by_priority?.[name])]),
    ) as Record<PriorityName, Spans>,
    warn: String(level?.warn_percent ?? 25),
    always: level !== null && !hours,
    zone: hours?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: hours?.week ?? [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? WORKDAY : [])),
    holidays: hours?.holidays ?? [],
  };
}

function spansOf(targets: TargetsBody | undefined): Spans {
  return Object.fromEntries(KINDS.map((kind) => [kind, spanOf(targets?.[kind])])) as Spans;
}

function spanOf(minutes: number | null | undefined): Span {
  if (!minutes) return NO_SPAN;
  const whole = minutes >= 120 && minutes % 60 === 0;
  return whole
    ? { amount: String(minutes / 60), unit: "hours" }
    : { amount: String(minutes), unit: "minutes" };
}

/** Minutes; null for nothing, NaN for what is no time. */
export function minutesOf({ amount, unit }: Span): number | null {
  if (amount.trim() === "") return null;
  const minutes = Number(amount) * (unit === "hours" ? 60 : 1);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
    ? minutes
    : Number.NaN;
}

export function bodyOf(form: LevelForm): LevelBody {
  const others = PRIORITIES.map((name) => [name, targetsOf(form.priorities[name])] as const);
  return {
    targets: targetsOf(form),
    by_priority: Object.fromEntries(
      others.filter(([, targets]) => KINDS.some((kind) => targets[kind] !== null)),
    ),
    warn_percent: Number(form.warn),
    hours: form.always ? null : { zone: form.zone, week: form.week, holidays: form.holidays },
  };
}

function targetsOf(spans: Spans): TargetsBody {
  return Object.fromEntries(KINDS.map((kind) => [kind, minutesOf(spans[kind])]));
}

/** What is wrong with a form; nothing of it is sent while there is something. */
export function check(form: LevelForm): Problems<LevelForm> {
  const wrong = { code: "invalid", params: {} };
  const problems: Problems<LevelForm> = {};
  for (const kind of KINDS) if (Number.isNaN(minutesOf(form[kind]))) problems[kind] = wrong;
  const spans = PRIORITIES.flatMap((name) => KINDS.map((kind) => form.priorities[name][kind]));
  if (spans.some((span) => Number.isNaN(minutesOf(span)))) problems.priorities = wrong;
  if (form.always) return problems;
  const ranges = form.week.flat();
  const isTime = ({ begin, end }: RangeBody) => begin !== "" && end !== "" && begin !== end;
  if (ranges.length === 0 || !ranges.every(isTime)) problems.week = wrong;
  if (!isZone(form.zone)) problems.zone = wrong;
  return problems;
}

function isZone(zone: string): boolean {
  try {
    return Boolean(zone && new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

export class ServiceLevels {
  constructor(private readonly token: TokenSource) {}

  list(): Promise<ServiceLevelsView> {
    return request("/cases/service-levels", { token: this.token });
  }

  save(place: string, form: LevelForm): Promise<LevelView> {
    return request(`/cases/service-levels/${place}`, {
      method: "PUT",
      body: bodyOf(form),
      token: this.token,
      idempotent: true,
    });
  }

  remove(place: string): Promise<void> {
    return request(`/cases/service-levels/${place}`, {
      method: "DELETE",
      token: this.token,
      idempotent: true,
    });
  }

  preview(form: LevelForm): Promise<PreviewView> {
    return request("/cases/service-levels/preview", {
      method: "POST",
      body: bodyOf(form),
      token: this.token,
      idempotent: true,
    });
  }

  /** A part of a trial on the last month, behind `after`. */
  trial(place: string, level: LevelBody, after: string | null): Promise<SlaTrialView> {
    return request(`/cases/service-levels/${place}/trial`, {
      method: "POST",
      body: { level, after },
      token: this.token,
      idempotent: true,
    });
  }
}

/** A day of the calendar, which is the same one everywhere. */
export function formatHoliday(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return date.toLocaleDateString(formatLocale.value, { dateStyle: "medium", timeZone: "UTC" });
}
