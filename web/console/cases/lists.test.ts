import { describe, expect, it } from "vitest";
import type { Case, ListName } from "../model";
import { belongsTo, countsAfter, mergeCases, rowsOf } from "./lists";
import { OTTO, sampleCase, TINA } from "./sample";

const at = (minute: number) => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
const within = (list: ListName) => (item: Case) => belongsTo(list, item, TINA.id);
const ids = (items: { id: string }[]) => items.map((item) => item.id);

describe("mergeCases", () => {
  it("keeps the higher version, whatever the order of arrival", () => {
    const old = sampleCase({ id: "a", version: 3, preview: "new" });
    const late = sampleCase({ id: "a", version: 2, preview: "old" });
    const merged = mergeCases(mergeCases(new Map(), [old]), [late]);
    expect(merged.get("a")?.preview).toBe("new");
  });

  it("is the same map when nothing is newer", () => {
    const known = mergeCases(new Map(), [sampleCase({ id: "a" })]);
    expect(mergeCases(known, [sampleCase({ id: "a" })])).toBe(known);
  });
});

describe("rowsOf", () => {
  const waiting = sampleCase({ id: "w", created_at: at(1) });
  const mine = sampleCase({ id: "m", created_at: at(2), state: "assigned", assignee: TINA });
  const theirs = sampleCase({ id: "t", created_at: at(3), state: "assigned", assignee: OTTO });
  const resolved = sampleCase({ id: "r", created_at: at(4), state: "resolved", assignee: TINA });
  const known = mergeCases(new Map(), [mine, resolved, waiting, theirs]);
  const whole = { floor: null };

  it("lists the unassigned, my unresolved, and all, newest first", () => {
    expect(ids(rowsOf(within("unassigned"), known, whole))).toEqual(["w"]);
    expect(ids(rowsOf(within("mine"), known, whole))).toEqual(["m"]);
    expect(ids(rowsOf(within("all"), known, whole))).toEqual(["r", "t", "m", "w"]);
  });

  it("keeps a known case out that is older than what is loaded", () => {
    expect(ids(rowsOf(within("all"), known, { floor: theirs }))).toEqual(["r", "t"]);
  });

  it("orders cases of the same instant always alike", () => {
    const twins = [sampleCase({ id: "x" }), sampleCase({ id: "y" })];
    const one = rowsOf(within("all"), mergeCases(new Map(), twins), whole);
    const other = rowsOf(within("all"), mergeCases(new Map(), [...twins].reverse()), whole);
    expect(ids(one)).toEqual(ids(other));
  });
});

describe("countsAfter", () => {
  const counts = { unassigned: 3, mine: 1, all: 9 };
  const waiting = sampleCase({ id: "a" });

  it("moves a case from Unassigned to mine and leaves all", () => {
    const taken = sampleCase({ id: "a", version: 2, state: "assigned", assignee: TINA });
    expect(countsAfter(counts, waiting, taken, TINA.id)).toEqual({
      unassigned: 2,
      mine: 2,
      all: 9,
    });
  });

  it("adds an opened case to Unassigned and all", () => {
    expect(countsAfter(counts, null, waiting, TINA.id)).toEqual({
      unassigned: 4,
      mine: 1,
      all: 10,
    });
  });
});
