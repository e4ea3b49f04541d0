/** Conversations of other cases that belong to the one on screen: merged into it, or the one it was made from. */
import { computed, effect, type ReadonlySignal, untracked } from "@preact/signals";
import type { Aside } from "../shared/components/grouping";
import type { Entry } from "../shared/wire";
import type { CaseMap } from "./cases/lists";
import type { Case } from "./model";

/** What was merged into it, and into that. */
export function mergedIds(item: Case, cases: CaseMap): readonly string[] {
  const found = new Set<string>();
  const wanted = [...item.merged];
  for (let id = wanted.shift(); id !== undefined; id = wanted.shift()) {
    if (found.has(id) || id === item.id) continue;
    found.add(id);
    wanted.push(...(cases.get(id)?.merged ?? []));
  }
  return [...found];
}

/** Those whose conversation is shown with it: what was merged into it, and what it was made from. */
export function linkedIds(item: Case, cases: CaseMap): readonly string[] {
  const merged = mergedIds(item, cases);
  return item.refers_to ? [...new Set([...merged, item.refers_to])] : merged;
}

/** Those cases, as far as they are known: the same array until one of them changes, whatever else does. */
export function linkedCases(
  selected: ReadonlySignal<Case | undefined>,
  cases: ReadonlySignal<CaseMap>,
): ReadonlySignal<readonly Case[]> {
  let last: readonly Case[] = [];
  return computed(() => {
    const item = selected.value;
    const known = cases.value;
    const found = item ? linkedIds(item, known).flatMap((id) => known.get(id) ?? []) : [];
    const same = found.length === last.length && found.every((one, at) => one === last[at]);
    if (!same) last = found;
    return last;
  });
}

/** Every case that is named beside it. */
function namedIds(item: Case, cases: CaseMap): readonly string[] {
  return [...linkedIds(item, cases), ...(item.merged_into ? [item.merged_into] : [])];
}

/** Has the cases at hand that the selected one names; one that cannot be had is not asked for again. */
export function bringNamed(
  selected: ReadonlySignal<Case | undefined>,
  cases: ReadonlySignal<CaseMap>,
  bring: (id: string) => Promise<unknown>,
): () => void {
  const asked = new Set<string>();
  return effect(() => {
    const item = selected.value;
    const missing = item
      ? namedIds(item, cases.value).filter((id) => !cases.value.has(id) && !asked.has(id))
      : [];
    untracked(() => {
      for (const id of missing) {
        asked.add(id);
        // It may be one of another company, or deleted: then its number is all that is known of it.
        bring(id).then(
          () => asked.delete(id),
          () => undefined,
        );
      }
    });
  });
}

/** Something said in the conversation of another case, as it stands in this one. */
export interface SaidElsewhere extends Aside {
  entry: Entry;
  of: Case;
}

/** What was said there, each behind what was said here before it: times are all that two conversations share. */
export function saidElsewhere(
  of: Case,
  there: readonly Entry[],
  here: readonly Entry[],
  from: string | null,
): readonly SaidElsewhere[] {
  const start = from ? there.findIndex(({ id }) => id === from) : 0;
  return there
    .slice(Math.max(0, start))
    .filter(({ kind }) => kind === "message")
    .map((entry) => ({
      id: entry.id,
      after: placeAt(entry.time, here),
      time: entry.time,
      entry,
      of,
    }));
}

/** The last place here that is not behind a moment elsewhere. */
export function placeAt(time: string, here: readonly Entry[]): number {
  return here.findLast((entry) => Date.parse(entry.time) <= Date.parse(time))?.seq ?? 0;
}

/** By place, and by time at the same one. */
export function inPlace<T extends Aside>(asides: readonly T[]): readonly T[] {
  return asides.toSorted((a, b) => a.after - b.after || Date.parse(a.time) - Date.parse(b.time));
}
