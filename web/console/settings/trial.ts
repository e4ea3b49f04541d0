/** A candidate tried on the last month, part by part, until there is no more or somebody stops it (N9). */
import { signal } from "@preact/signals";
import type { ChangedCase, LevelBody, TallyView, SlaTrialView } from "../../shared/generated/rest";
import { KINDS, type Kind } from "./serviceLevel";

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

type Ask = (level: LevelBody, after: string | null) => Promise<SlaTrialView>;

export class Trial {
  /** Null while nothing was tried. */
  readonly sum = signal<TrialSum | null>(null);
  readonly busy = signal(false);
  readonly failure = signal<unknown>(null);
  private turn = 0;

  constructor(private readonly ask: Ask) {}

  async run(level: LevelBody): Promise<void> {
    const turn = ++this.turn;
    this.sum.value = null;
    this.failure.value = null;
    this.busy.value = true;
    let after: string | null = null;
    try {
      do {
        const part: SlaTrialView = await this.ask(level, after);
        if (turn !== this.turn) return;
        this.sum.value = added(this.sum.peek(), part);
        after = part.next;
      } while (after !== null);
    } catch (error) {
      if (turn === this.turn) this.failure.value = error;
    } finally {
      if (turn === this.turn) this.busy.value = false;
    }
  }

  /** What was found so far stays. */
  stop(): void {
    this.turn += 1;
    this.busy.value = false;
  }

  /** What was tried is not what stands in the form any more. */
  clear(): void {
    this.stop();
    this.sum.value = null;
    this.failure.value = null;
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
