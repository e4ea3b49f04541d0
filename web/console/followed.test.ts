import { expect, it } from "vitest";
import { mergeCases } from "./cases/lists";
import { OTTO, sampleCase, TINA } from "./cases/sample";
import { Followed } from "./followed";
import type { Case } from "./model";

const at = (minute: number) => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
const mine = (id: string, minute: number, more: Partial<Case> = {}) =>
  sampleCase({ id, created_at: at(minute), state: "assigned", assignee: TINA, ...more });

it("are my newest open chats, the one on screen, and what belongs to it", () => {
  const theirs = sampleCase({ id: "t", state: "assigned", assignee: OTTO, merged: ["m"] });
  const cases = mergeCases(new Map(), [
    ...Array.from({ length: 25 }, (_, number) => mine(`c${number}`, number)),
    mine("resolved", 50, { state: "resolved" }),
    mine("mail", 51, { type: "email", live: false }),
    sampleCase({ id: "m", state: "resolved", merged_into: "t" }),
    theirs,
  ]);
  const ids = new Followed(TINA.id).of(cases, theirs);
  // The mail is one of the twenty, and has no conversation.
  expect([...ids].sort()).toEqual(
    [...Array.from({ length: 19 }, (_, number) => `c${number + 6}`), "m", "t"].sort(),
  );
});

it("are found by what changed, and not among ten thousand again", () => {
  let asked = 0;
  const many = Array.from({ length: 10_000 }, (_, number) => {
    const { state, ...item } = sampleCase({
      id: `c${number}`,
      created_at: at(0),
      state: "assigned",
      assignee: number % 1_000 ? OTTO : TINA,
    });
    // Whose it is asks first whether it is anybody's.
    return Object.defineProperty(item, "state", { enumerable: true, get: () => (asked++, state) });
  }) as Case[];
  const followed = new Followed(TINA.id);
  let cases = mergeCases(new Map(), many);
  expect(followed.of(cases, undefined).size).toBe(10);
  expect(asked).toBe(10_000);
  asked = 0;
  cases = mergeCases(cases, [mine("c7", 0, { version: 2 })]);
  expect(followed.of(cases, undefined).has("c7")).toBe(true);
  cases = mergeCases(cases, [mine("c7", 0, { version: 3, state: "resolved" }), mine("new", 1)]);
  const ids = followed.of(cases, undefined);
  expect([ids.has("c7"), ids.has("new"), ids.size]).toEqual([false, true, 11]);
  expect(asked).toBe(0);
});
