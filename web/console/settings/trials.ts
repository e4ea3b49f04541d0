/** What every trial on the last month counts in the same way, and how its parts are added up (N9). */

/** How many changed cases are listed. */
const MOST_SHOWN = 50;

/** What every trial says of itself while it goes on, and at its end. */
export interface Told<Item> {
  /** Looked at so far. */
  cases: number;
  changedCount: number;
  /** The first of them. */
  changed: readonly Item[];
  progress: number;
  cut: boolean;
  done: boolean;
}

interface Part<Item> {
  cases: number;
  changed_count: number;
  changed: readonly Item[];
  progress: number;
  cut: boolean;
  next: string | null;
}

export function told<Item>(before: Told<Item> | null, part: Part<Item>): Told<Item> {
  return {
    cases: part.cases,
    changedCount: (before?.changedCount ?? 0) + part.changed_count,
    changed: [...(before?.changed ?? []), ...part.changed].slice(0, MOST_SHOWN),
    progress: part.progress,
    cut: part.cut,
    done: part.next === null,
  };
}

/** Counts under the same names, added up; without `one` it begins with `other`. */
export function summed<Counts extends Readonly<Record<string, number>>>(
  one: Counts | undefined,
  other: Counts,
): Counts {
  const names = new Set([...Object.keys(one ?? {}), ...Object.keys(other)]);
  const sums = [...names].map((name) => [name, (one?.[name] ?? 0) + (other[name] ?? 0)]);
  return Object.fromEntries(sums) as Counts;
}
