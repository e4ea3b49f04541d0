/** What one change of the known cases has changed: readers of thousands ask for it once, and look at nothing else. */
import type { Case } from "../model";
import type { CaseMap } from "./lists";

export interface Changes {
  /** The former selves of those that changed. */
  was: readonly Case[];
  /** Those that changed, and those that are new, as they are now. */
  is: readonly Case[];
}

/** The lists and whoever else follows all cases ask about the same step, one after the other. */
let last: { before: CaseMap; now: CaseMap; changes: Changes | null } | null = null;

/** Null where cases are known no more, or come in another order: then it is as quick to begin anew. */
export function changesBetween(before: CaseMap, now: CaseMap): Changes | null {
  if (last?.before !== before || last.now !== now)
    last = { before, now, changes: compare(before, now) };
  return last.changes;
}

/** A case that changes keeps its place in the map, so both are walked side by side and nothing is looked up. */
function compare(before: CaseMap, now: CaseMap): Changes | null {
  if (now.size < before.size) return null;
  const was: Case[] = [];
  const is: Case[] = [];
  const items = now.values();
  for (const former of before.values()) {
    const item = items.next().value as Case;
    if (item === former) continue;
    if (item.id !== former.id) return null;
    was.push(former);
    is.push(item);
  }
  return { was, is: [...is, ...items] };
}
