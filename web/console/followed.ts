import { Listed } from "./cases/listed";
import type { CaseMap } from "./cases/lists";
import { linkedIds } from "./linked";
import { type Case, wasChat } from "./model";

/** How many of my newest cases are listened to for an answer. */
const FOLLOWED = 20;

/** Whose conversations are listened to: mine, the one on screen, and those that belong to it. */
export class Followed {
  /** Of thousands of known cases few are mine: they are found once, and followed from change to change. */
  private readonly mine: Listed;

  constructor(me: string) {
    this.mine = new Listed(({ state, assignee }) => state === "assigned" && assignee?.id === me);
  }

  of(cases: CaseMap, selected: Case | undefined): Set<string> {
    const mine = this.mine.of(cases, null).slice(0, FOLLOWED);
    const linked = selected ? linkedIds(selected, cases).flatMap((id) => cases.get(id) ?? []) : [];
    const shown = [...mine, ...(selected ? [selected] : []), ...linked];
    return new Set(shown.filter(wasChat).map(({ id }) => id));
  }
}
