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
import { summed, type Told, told } from "./trials";

export const MOST_SECONDS = 86_400;
export const MOST_TIMES = 100;

/** As it is typed. */
export interface RingForm {
  seconds: string;
  times: string;
}

export interface RingSum extends Told<RerungCase> {
  waits: number;
  before: RungsView;
  after: RungsView;
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
    ...told(before, part),
    waits: (before?.waits ?? 0) + part.waits,
    before: summed(before?.before, part.before),
    after: summed(before?.after, part.after),
  };
}
