import { expect, it, vi } from "vitest";
import type { RoutingTrialView } from "../../shared/generated/rest";
import { added, RoutingTrial } from "./routingTrial";

const part = (more: Partial<RoutingTrialView> = {}): RoutingTrialView => ({
  since: "2026-04-01T00:00:00Z",
  until: "2026-05-01T00:00:00Z",
  cases: 3,
  decisions: 3,
  before: { assigned: 1, at_capacity: 2 },
  after: { assigned: 3 },
  by_hand: 1,
  by_hand_seconds: 60,
  changed_count: 2,
  changed: [],
  progress: 0.5,
  next: "1-2-3",
  cut: false,
  ...more,
});
const typed = { chats: "3", cases: "9" };

it("adds up the parts until there is no more", async () => {
  const ask = vi
    .fn<(of: typeof typed, after: string | null) => Promise<RoutingTrialView>>()
    .mockResolvedValueOnce(part())
    .mockResolvedValueOnce(part({ cases: 7, next: null, before: { gave_back: 1 } }));
  const trial = new RoutingTrial(ask);
  await trial.run(typed);
  expect(ask.mock.calls.map(([, after]) => after)).toEqual([null, "1-2-3"]);
  expect(trial.sum.value).toMatchObject({
    cases: 7,
    before: { assigned: 1, at_capacity: 2, gave_back: 1 },
    after: { assigned: 6 },
    byHand: 2,
    byHandSeconds: 120,
    changedCount: 4,
    done: true,
  });
  expect(trial.busy.value).toBe(false);
});

it("takes no answer to what was asked before the form changed", async () => {
  let answer: (view: RoutingTrialView) => void = () => undefined;
  const trial = new RoutingTrial(() => new Promise((resolve) => (answer = resolve)));
  const asked = trial.run(typed);
  trial.clear();
  answer(part({ next: null }));
  await asked;
  expect(trial.sum.value).toBeNull();
});

it("keeps what was found when it fails, and says so", async () => {
  const ask = vi.fn().mockResolvedValueOnce(part()).mockRejectedValueOnce(new Error("away"));
  const trial = new RoutingTrial(ask);
  await trial.run(typed);
  expect(trial.failure.value).toBeInstanceOf(Error);
  expect(trial.sum.value).toEqual(added(null, part()));
  expect(trial.busy.value).toBe(false);
});
