/** The rows of a list from change to change: a case that changes is put in its place, and thousands stay where they are. */
import type { Case, ListName } from "../model";
import { belongsTo, byNewest, type CaseMap, rowsOf } from "./lists";

interface Known {
  cases: CaseMap;
  floor: Case | null;
  rows: Case[];
}

/** Says of one list what `rowsOf` says, and gives the same array again while nothing in it has changed. */
export class Listed {
  private last: Known | null = null;

  constructor(
    private readonly list: ListName,
    private readonly me: string,
  ) {}

  of(cases: CaseMap, floor: Case | null): Case[] {
    const { last } = this;
    const rows = last && !isRaised(last.floor, floor) ? this.after(last, cases, floor) : null;
    this.last = { cases, floor, rows: rows ?? rowsOf(this.list, cases, { floor }, this.me) };
    return this.last.rows;
  }

  /** Null when cases are known no more: then it is as quick to begin anew. */
  private after(last: Known, cases: CaseMap, floor: Case | null): Case[] | null {
    const gone = new Set<Case>();
    const come: Case[] = [];
    let fresh = 0;
    const deeper = last.floor !== floor;
    for (const item of cases.values()) {
      const was = last.cases.get(item.id);
      if (was === item && !(deeper && isBelow(item, last.floor))) continue;
      if (!was) fresh += 1;
      else if (was !== item) gone.add(was);
      if (belongsTo(this.list, item, this.me) && !isBelow(item, floor)) come.push(item);
    }
    if (last.cases.size + fresh !== cases.size) return null;
    const kept = gone.size === 0 ? last.rows : last.rows.filter((item) => !gone.has(item));
    if (come.length === 0) return kept.length === last.rows.length ? last.rows : kept;
    return withThese(kept, come.sort(byNewest));
  }
}

/** Whether less is loaded than before. */
function isRaised(before: Case | null, now: Case | null): boolean {
  return now !== null && (before === null || byNewest(now, before) < 0);
}

/** Whether it is older than all that is loaded. */
function isBelow(item: Case, floor: Case | null): boolean {
  return floor !== null && byNewest(item, floor) > 0;
}

/** Both are in order. */
function withThese(rows: Case[], come: readonly Case[]): Case[] {
  const pieces: Case[][] = [];
  let from = 0;
  for (const item of come) {
    const at = placeOf(item, rows, from);
    pieces.push(rows.slice(from, at), [item]);
    from = at;
  }
  pieces.push(rows.slice(from));
  return pieces.flat();
}

function placeOf(item: Case, rows: readonly Case[], from: number): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle];
    if (other && byNewest(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
