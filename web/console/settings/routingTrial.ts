/** Another capacity tried on the last month (N9). */
import { request } from "../../shared/api";
import type { RedecidedCase, RoutingTrialView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Typed } from "./assignment";
import { type Ask, Partwise } from "../partwise";

const MOST_SHOWN = 50;
type Counts = Readonly<Record<string, number>>;

export interface RoutingSum {
  cases: number;
  before: Counts;
  after: Counts;
  byHand: number;
  byHandSeconds: number;
  changedCount: number;
  changed: readonly RedecidedCase[];
  progress: number;
  cut: boolean;
  done: boolean;
}

export function asking(token: TokenSource): Ask<Typed, RoutingTrialView> {
  return ({ chats, cases }, after) =>
    request("/cases/assignment/trial", {
      method: "POST",
      body: { capacity: { chats: Number(chats), cases: Number(cases) }, after },
      token,
    });
}

export class RoutingTrial extends Partwise<Typed, RoutingTrialView, RoutingSum> {
  constructor(ask: Ask<Typed, RoutingTrialView>) {
    super(ask, added);
  }
}

export function added(before: RoutingSum | null, part: RoutingTrialView): RoutingSum {
  return {
    cases: part.cases,
    before: together(before?.before, part.before),
    after: together(before?.after, part.after),
    byHand: (before?.byHand ?? 0) + part.by_hand,
    byHandSeconds: (before?.byHandSeconds ?? 0) + part.by_hand_seconds,
    changedCount: (before?.changedCount ?? 0) + part.changed_count,
    changed: [...(before?.changed ?? []), ...part.changed].slice(0, MOST_SHOWN),
    progress: part.progress,
    cut: part.cut,
    done: part.next === null,
  };
}

function together(one: Counts = {}, other: Counts): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]),
  );
}
