/** The rows of a list from change to change: a case that changes is put in its place, and thousands stay where they are. */
import type { Case } from "../model";
import { changesBetween } from "./changes";
import { byNewest, type CaseMap, rowsOf } from "./lists";

interface Known {
  cases: CaseMap;
  floor: Case | null;
  rows: Case[];
}

/** Says of one list what `rowsOf` says, and gives the same array again while nothing in it has changed. */
export class Listed {
  private last: Known | null = null;

  constructor(private readonly belongs: (item: Case) => boolean) {}

  of(cases: CaseMap, floor: Case | null): Case[] {
    const { last } = this;
    const rows = last && !isRaised(last.floor, floor) ? this.after(last, cases, floor) : null;
    this.last = { cases, floor, rows: rows ?? rowsOf(this.belongs, cases, { floor }) };
    return this.last.rows;
  }

  private after(last: Known, cases: CaseMap, floor: Case | null): Case[] | null {
    const changes = changesBetween(last.cases, cases);
    if (!changes) return null;
    const places = changes.was.map((item) => placeOf(item, last.rows)).filter((at) => at >= 0);
    const deeper = last.floor === floor ? [] : uncovered(last, cases);
    const come = [...changes.is, ...deeper].filter(
      (item) => !isBelow(item, floor) && this.belongs(item),
    );
    if (places.length === 0 && come.length === 0) return last.rows;
    return withThese(withoutThese(last.rows, places), come.sort(byNewest));
  }
}

/** Known before and unchanged, but older than what was loaded then. */
function uncovered({ cases: before, floor }: Known, cases: CaseMap): Case[] {
  return [...cases.values()].filter((item) => isBelow(item, floor) && before.get(item.id) === item);
}

/** Whether less is loaded than before. */
function isRaised(before: Case | null, now: Case | null): boolean {
  return now !== null && (before === null || byNewest(now, before) < 0);
}

/** Whether it is older than all that is loaded. */
function isBelow(item: Case, floor: Case | null): boolean {
  return floor !== null && byNewest(item, floor) > 0;
}

/** Where this very copy stands; -1 where it does not. */
function placeOf(item: Case, rows: readonly Case[]): number {
  const at = placeFor(item, rows);
  return rows[at] === item ? at : -1;
}

function withoutThese(rows: Case[], places: number[]): Case[] {
  if (places.length === 0) return rows;
  const kept = [...rows];
  // From behind, so that those before stay where they are.
  for (const at of places.sort((a, b) => b - a)) kept.splice(at, 1);
  return kept;
}

/** Both are in order. */
function withThese(rows: readonly Case[], come: readonly Case[]): Case[] {
  const pieces: Case[][] = [];
  let from = 0;
  for (const item of come) {
    const at = placeFor(item, rows, from);
    pieces.push(rows.slice(from, at), [item]);
    from = at;
  }
  return ([] as Case[]).concat(...pieces, rows.slice(from));
}

/** Where it stands, or would stand, among rows that are in order. */
function placeFor(item: Case, rows: readonly Case[], from = 0): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle];
    if (other && byNewest(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
