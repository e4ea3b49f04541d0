import { expect, it } from "vitest";
import type { Case, ListName } from "../model";
import { Listed } from "./listed";
import { belongsTo, byNewest, type CaseMap, mergeCases, rowsOf } from "./lists";
import { OTTO, sampleCase, TINA } from "./sample";

const START = Date.UTC(2026, 4, 4);
const made = (number: number, more: Partial<Case> = {}) =>
  sampleCase({
    id: `c${number}`,
    number,
    // Some came at the same moment.
    created_at: new Date(START - Math.floor(number / 3) * 60_000).toISOString(),
    state: "assigned",
    assignee: number % 4 ? TINA : OTTO,
    ...more,
  });

const within = (list: ListName) => (item: Case) => belongsTo(list, item, TINA.id);

/** Numbers that look random and are the same each time. */
function* dice(): Generator<number, never> {
  for (let at = 42; ;) {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield at / 2_147_483_648;
  }
}

it.each(["all", "mine", "unassigned"] as const)("has the rows of %s after every change", (list) => {
  const chance = dice();
  const upTo = (count: number) => Math.floor(chance.next().value * count);
  const listed = new Listed(within(list));
  let cases: CaseMap = new Map();
  let floor: Case | null = null;
  for (let step = 0; step < 400; step++) {
    const what = upTo(10);
    const some = [...cases.values()].sort(byNewest);
    const one = some[upTo(some.length)];
    if (what < 3 || !one)
      cases = mergeCases(
        cases,
        Array.from({ length: 1 + upTo(9) }, () => made(upTo(500))),
      );
    else if (what < 7) {
      const state = (["assigned", "unassigned", "resolved"] as const)[upTo(3)] ?? "resolved";
      const spam = upTo(9) === 0;
      cases = mergeCases(cases, [{ ...one, state, spam, version: one.version + 1 }]);
    } else if (what === 7) cases = new Map([...cases].filter(([id]) => id !== one.id));
    else floor = what === 8 ? one : null;
    expect(listed.of(cases, floor)).toEqual(rowsOf(within(list), cases, { floor }));
  }
});

it("is the same array when a case of another list changes, so that nothing is drawn for it", () => {
  const mine = made(1);
  const theirs = made(4);
  const listed = new Listed(within("mine"));
  const cases = mergeCases(new Map(), [mine, theirs]);
  const rows = listed.of(cases, null);
  expect(rows).toEqual([mine]);
  const changed = mergeCases(cases, [{ ...theirs, version: 2, flagged: true }]);
  expect(listed.of(changed, null)).toBe(rows);
});

it("puts one case of ten thousand in its place without asking about the others again", () => {
  const listed = new Listed(within("all"));
  let asked = 0;
  const many = Array.from({ length: 10_000 }, (_, number) => {
    const { spam, ...item } = made(number);
    // Each question whether it belongs to a list begins with this.
    return Object.defineProperty(item, "spam", { enumerable: true, get: () => (asked++, spam) });
  }) as Case[];
  const cases = mergeCases(new Map(), many);
  expect(listed.of(cases, null)).toHaveLength(10_000);
  expect(asked).toBe(10_000);
  const one = { ...made(5_000), version: 2, preview: "news" };
  const rows = listed.of(mergeCases(cases, [one]), null);
  expect(rows.find(({ id }) => id === one.id)?.preview).toBe("news");
  expect(rows).toHaveLength(10_000);
  expect(asked).toBe(10_000);
});
