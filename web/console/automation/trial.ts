import type { RuleBody, TrialView } from "../../shared/generated/rest";
import { Partwise } from "../partwise";

export interface TrialSource {
  tryRule(rule: RuleBody, after: string | null): Promise<TrialView>;
}

/** All parts so far together. */
export type TrialResult = Omit<TrialView, "next">;

const MOST_SHOWN = 50;

/** A rule tried on the last month (N9). */
export class Trial extends Partwise<RuleBody, TrialView, TrialResult> {
  constructor(source: TrialSource) {
    super((rule, after) => source.tryRule(rule, after), together);
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
