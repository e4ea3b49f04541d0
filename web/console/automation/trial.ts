import { signal } from "@preact/signals";
import type { RuleBody, TrialView } from "../../shared/generated/rest";

export interface TrialSource {
  tryRule(rule: RuleBody, after: string | null): Promise<TrialView>;
}

/** All parts so far together. */
export type TrialResult = Omit<TrialView, "next">;

const MOST_SHOWN = 50;

/** A rule tried on the past, a part at a time until all of it was looked at or nobody wants to know any more. */
export class Trial {
  readonly result = signal<TrialResult | null>(null);
  readonly running = signal(false);
  readonly failure = signal<unknown>(null);
  private turn = 0;

  constructor(private readonly source: TrialSource) {}

  async run(rule: RuleBody): Promise<void> {
    const turn = ++this.turn;
    this.result.value = null;
    this.failure.value = null;
    this.running.value = true;
    try {
      await this.readAll(rule, turn);
    } catch (error) {
      if (turn === this.turn) this.failure.value = error;
    }
    if (turn === this.turn) this.running.value = false;
  }

  /** What was found so far stays. */
  stop(): void {
    this.turn++;
    this.running.value = false;
  }

  private async readAll(rule: RuleBody, turn: number): Promise<void> {
    let after: string | null = null;
    do {
      const part: TrialView = await this.source.tryRule(rule, after);
      if (turn !== this.turn) return;
      this.result.value = together(this.result.peek(), part);
      after = part.next;
    } while (after !== null);
  }
}

/** What was found before, and what has come. */
export function together(before: TrialResult | null, { next: _, ...part }: TrialView): TrialResult {
  if (!before) return part;
  const actions = { ...before.actions };
  for (const [action, count] of Object.entries(part.actions))
    actions[action] = (actions[action] ?? 0) + count;
  return {
    ...part,
    actions,
    cases: [...before.cases, ...part.cases].slice(0, MOST_SHOWN),
    touched: before.touched + part.touched,
    refused: before.refused + part.refused,
  };
}
