import { type Case, type Counts, isIncoming, LISTS, type ListName } from "../model";
import { fits } from "./filter";

export type CaseMap = ReadonlyMap<string, Case>;

/** The part of a list that is loaded: everything from the newest case down to `floor`; null is "down to the very first". */
export interface Window {
  floor: Case | null;
}

/** The newer copy of every case; the same map when nothing incoming is newer, so that nothing renders for nothing. */
export function mergeCases(known: CaseMap, incoming: Iterable<Case>): CaseMap {
  let merged: Map<string, Case> | null = null;
  for (const item of incoming) {
    const current = (merged ?? known).get(item.id);
    if (current && current.version >= item.version) continue;
    merged ??= new Map(known);
    merged.set(item.id, item);
  }
  return merged ?? known;
}

const times = new WeakMap<Case, number>();

/** When it came in; known once for each copy, because a list of thousands asks at each change. */
function timeOf(item: Case): number {
  const known = times.get(item) ?? Date.parse(item.created_at);
  times.set(item, known);
  return known;
}

/** Newest submitted first; the id decides between two of the same instant, so that rows never swap places. */
export function byNewest(a: Case, b: Case): number {
  const difference = timeOf(b) - timeOf(a);
  if (difference !== 0) return difference;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

export function belongsTo(list: ListName, item: Case, me: string): boolean {
  return fits(item, list, {}, me);
}

/**
 * The rows of a list: known cases that belong to it, newest first.
 * A case older than the loaded part stays out even when it is known, because rows between it and the loaded part
 * are not: showing it would leave a gap that fills itself under the reader's eyes.
 */
export function rowsOf(
  belongs: (item: Case) => boolean,
  known: CaseMap,
  { floor }: Window,
): Case[] {
  return [...known.values()]
    .filter((item) => belongs(item) && (floor === null || byNewest(item, floor) <= 0))
    .sort(byNewest);
}

/** Without what waits for somebody: it is not shown to who is not available (S57). */
export function withoutIncoming(known: CaseMap): CaseMap {
  return new Map([...known].filter(([, item]) => !isIncoming(item)));
}

/** Counts after one case changed; `before` is null for a case that has just been opened. */
export function countsAfter(counts: Counts, before: Case | null, after: Case, me: string): Counts {
  const next = { ...counts };
  for (const list of LISTS) {
    const was = before !== null && belongsTo(list, before, me);
    next[list] = Math.max(0, next[list] + Number(belongsTo(list, after, me)) - Number(was));
  }
  return next;
}
