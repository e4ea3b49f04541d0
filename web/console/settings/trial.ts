/** A candidate of a service level tried on the last month (N9). */
import type { ChangedCase, LevelBody, TallyView, SlaTrialView } from "../../shared/generated/rest";
import { KINDS, type Kind } from "./serviceLevel";
import { type Ask, Partwise } from "../partwise";
import { type Told, told } from "./trials";

export type Tallies = Record<Kind, TallyView>;

export interface TrialSum extends Told<ChangedCase> {
  before: Tallies;
  after: Tallies;
}

export class Trial extends Partwise<LevelBody, SlaTrialView, TrialSum> {
  constructor(ask: Ask<LevelBody, SlaTrialView>) {
    super(ask, added);
  }
}

export function added(before: TrialSum | null, part: SlaTrialView): TrialSum {
  return {
    ...told(before, part),
    before: together(before?.before, part.before),
    after: together(before?.after, part.after),
  };
}

function together(one: Tallies | undefined, other: Readonly<Record<string, TallyView>>): Tallies {
  const sum = (kind: Kind) => ({
    met: (one?.[kind].met ?? 0) + (other[kind]?.met ?? 0),
    breached: (one?.[kind].breached ?? 0) + (other[kind]?.breached ?? 0),
  });
  return Object.fromEntries(KINDS.map((kind) => [kind, sum(kind)])) as Tallies;
}
