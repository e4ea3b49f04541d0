import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import type { Entry } from "../shared/wire";
import { sampleCase } from "./cases/sample";
import { bringNamed, inPlace, linkedCases, linkedIds, saidElsewhere } from "./linked";
import type { Case } from "./model";

function said(id: string, seq: number, minute: number): Entry {
  const author = { kind: "customer", id: "c", name: "Ada" } as const;
  const time = `2026-05-04T10:${String(minute).padStart(2, "0")}:00Z`;
  return { id, seq, time, kind: "message", author, late: false, text: id };
}

test("what was merged into a merged case belongs to it too, and a circle ends", () => {
  const cases = new Map<string, Case>([
    ["b", sampleCase({ id: "b", merged: ["c", "a"] })],
    ["c", sampleCase({ id: "c", merged: ["b"] })],
  ]);
  const item = sampleCase({ id: "a", merged: ["b"], refers_to: "d" });
  expect(linkedIds(item, cases)).toEqual(["b", "c", "d"]);
});

test("the cases that belong to it are the same array until one of them changes", () => {
  const b = sampleCase({ id: "b" });
  const selected = signal<Case | undefined>(sampleCase({ id: "a", merged: ["b"] }));
  const cases = signal<ReadonlyMap<string, Case>>(new Map([["b", b]]));
  const linked = linkedCases(selected, cases);
  const before = linked.value;
  expect(before).toEqual([b]);
  cases.value = new Map([...cases.value, ["other", sampleCase({ id: "other" })]]);
  expect(linked.value).toBe(before);
  const changed = { ...b, version: 2 };
  cases.value = new Map([...cases.value, ["b", changed]]);
  expect(linked.value).toEqual([changed]);
  selected.value = undefined;
  expect(linked.value).toEqual([]);
});

test("cases that are named are brought once, also those that cannot be had", async () => {
  const selected = signal<Case | undefined>(sampleCase({ id: "a", merged_into: "b" }));
  const cases = signal<ReadonlyMap<string, Case>>(new Map());
  const bring = vi.fn(() => Promise.reject(new Error("case_unknown")));
  const stop = bringNamed(selected, cases, bring);
  await Promise.resolve();
  selected.value = sampleCase({ id: "a", merged_into: "b", version: 2 });
  expect(bring.mock.calls).toEqual([["b"]]);
  stop();
});

test("what was said elsewhere stands where its time puts it, from the message on that was split off", () => {
  const here = [said("h1", 10, 1), said("h2", 20, 5)];
  const there = [said("t1", 1, 0), said("t2", 2, 3), said("t3", 3, 9)];
  const of = sampleCase({ id: "b" });
  const placed = saidElsewhere(of, there, here, null);
  expect(placed.map(({ id, after }) => [id, after])).toEqual([
    ["t1", 0],
    ["t2", 10],
    ["t3", 20],
  ]);
  expect(saidElsewhere(of, there, here, "t2").map(({ id }) => id)).toEqual(["t2", "t3"]);
  expect(inPlace(placed.toReversed()).map(({ id }) => id)).toEqual(["t1", "t2", "t3"]);
});
