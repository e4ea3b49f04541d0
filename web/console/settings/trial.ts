/** A candidate of a service level tried on the last month (N9). */
import type { ChangedCase, LevelBody, TallyView, SlaTrialView } from "../../shared/generated/rest";
import { KINDS, type Kind } from "./serviceLevel";
import { type Ask, Partwise } from "../partwise";

const MOST_SHOWN = 50;

export type Tallies = Record<Kind, TallyView>;

export interface TrialSum {
  cases: number;
  before: Tallies;
  after: Tallies;
  changedCount: number;
  changed: readonly ChangedCase[];
  progress: number;
  cut: boolean;
  done: boolean;
}

export class Trial extends Partwise<LevelBody, SlaTrialView, TrialSum> {
  constructor(ask: Ask<LevelBody, SlaTrialView>) {
    super(ask, added);
  }
}

export function added(before: TrialSum | null, part: SlaTrialView): TrialSum {
  return {
    cases: part.cases,
    before: together(before?.before, part.before),
    after: together(before?.after, part.after),
    changedCount: (before?.changedCount ?? 0) + part.changed_count,
    changed: [...(before?.changed ?? []), ...part.changed].slice(0, MOST_SHOWN),
    progress: part.progress,
    cut: part.cut,
    done: part.next === null,
  };
}

function together(one: Tallies | undefined, other: Readonly<Record<string, TallyView>>): Tallies {
  const sum = (kind: Kind) => ({
    met: (one?.[kind].met ?? 0) + (other[kind]?.met ?? 0),
    breached: (one?.[kind].breached ?? 0) + (other[kind]?.breached ?? 0),
  });
  return Object.fromEntries(KINDS.map((kind) => [kind, sum(kind)])) as Tallies;
}
