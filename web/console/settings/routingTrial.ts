/** Another capacity tried on the last month, part by part, until there is no more or somebody stops it (N9). */
import { signal } from "@preact/signals";
import { request } from "../../shared/api";
import type { RedecidedCase, RoutingTrialView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Typed } from "./assignment";

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

type Ask = (typed: Typed, after: string | null) => Promise<RoutingTrialView>;

export function asking(token: TokenSource): Ask {
  return ({ chats, cases }, after) =>
    request("/cases/assignment/trial", {
      method: "POST",
      body: { capacity: { chats: Number(chats), cases: Number(cases) }, after },
      token,
    });
}

export class RoutingTrial {
  /** Null while nothing was tried. */
  readonly sum = signal<RoutingSum | null>(null);
  readonly busy = signal(false);
  readonly failure = signal<unknown>(null);
  private turn = 0;

  constructor(private readonly ask: Ask) {}

  async run(typed: Typed): Promise<void> {
    this.clear();
    const turn = ++this.turn;
    this.busy.value = true;
    let after: string | null = null;
    try {
      do {
        const part: RoutingTrialView = await this.ask(typed, after);
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
