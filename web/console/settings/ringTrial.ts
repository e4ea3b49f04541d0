/** How long a chat rings, as its form has it; other times tried on the last month (X4, N9). */
import { request } from "../../shared/api";
import type {
  RerungCase,
  RingingBody,
  RingingView,
  RingTrialView,
  RungsView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import { type Ask, Partwise } from "../partwise";
import type { Problems } from "./draft";

const MOST_SHOWN = 50;
export const MOST_SECONDS = 86_400;
export const MOST_TIMES = 100;

/** As it is typed. */
export interface RingForm {
  seconds: string;
  times: string;
}

export interface RingSum {
  cases: number;
  waits: number;
  before: RungsView;
  after: RungsView;
  changedCount: number;
  changed: readonly RerungCase[];
  progress: number;
  cut: boolean;
  done: boolean;
}

export class Ringing {
  constructor(private readonly token: TokenSource) {}

  read(): Promise<RingingView> {
    return request("/notify/ringing", { token: this.token });
  }

  save(body: RingingBody): Promise<RingingView> {
    return request("/notify/ringing", { method: "PUT", body, token: this.token, idempotent: true });
  }
}

export function formOf({ seconds, times }: RingingBody): RingForm {
  return { seconds: String(seconds), times: String(times) };
}

export function bodyOf({ seconds, times }: RingForm): RingingBody {
  return { seconds: Number(seconds), times: Number(times) };
}

export function check({ seconds, times }: RingForm): Problems<RingForm> {
  const problems: Problems<RingForm> = {};
  if (!isNumber(seconds, MOST_SECONDS) || Number(seconds) < 1) {
    problems.seconds = { code: "seconds", params: { max: MOST_SECONDS } };
  }
  if (!isNumber(times, MOST_TIMES)) {
    problems.times = { code: "whole_number", params: { max: MOST_TIMES } };
  }
  return problems;
}

function isNumber(typed: string, most: number): boolean {
  return /^\d{1,5}$/.test(typed.trim()) && Number(typed) <= most;
}

export interface RingWanted {
  before: RingingBody;
  patience: RingingBody;
}

export function asking(token: TokenSource): Ask<RingWanted, RingTrialView> {
  return (wanted, after) =>
    request("/cases/ringing/trial", { method: "POST", body: { ...wanted, after }, token });
}

export class RingTrial extends Partwise<RingWanted, RingTrialView, RingSum> {
  constructor(ask: Ask<RingWanted, RingTrialView>) {
    super(ask, added);
  }
}

export function added(before: RingSum | null, part: RingTrialView): RingSum {
  return {
    cases: part.cases,
    waits: (before?.waits ?? 0) + part.waits,
    before: together(before?.before, part.before),
    after: together(before?.after, part.after),
    changedCount: (before?.changedCount ?? 0) + part.changed_count,
    changed: [...(before?.changed ?? []), ...part.changed].slice(0, MOST_SHOWN),
    progress: part.progress,
    cut: part.cut,
    done: part.next === null,
  };
}

function together(one: RungsView | undefined, other: RungsView): RungsView {
  return {
    waits: (one?.waits ?? 0) + other.waits,
    again: (one?.again ?? 0) + other.again,
    mailed: (one?.mailed ?? 0) + other.mailed,
  };
}
