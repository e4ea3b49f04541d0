import { byNewest, type CaseMap } from "./cases/lists";
import { linkedIds } from "./linked";
import { type Case, wasChat } from "./model";

/** How many of my newest cases are listened to for an answer. */
const FOLLOWED = 20;

/** Whose conversations are listened to: mine, the one on screen, and those that belong to it. */
export function followedOf(cases: CaseMap, selected: Case | undefined, me: string): Set<string> {
  const mine = [...cases.values()]
    .filter((item) => item.state === "assigned" && item.assignee?.id === me)
    .sort(byNewest)
    .slice(0, FOLLOWED);
  const linked = selected ? linkedIds(selected, cases).flatMap((id) => cases.get(id) ?? []) : [];
  const shown = [...mine, ...(selected ? [selected] : []), ...linked];
  return new Set(shown.filter(wasChat).map(({ id }) => id));
}
