/** Where the inbox is: a card under its bell, or on a phone a page of its own; and the way from an entry to what it tells of. */
import { signal } from "@preact/signals";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { close, open, opened } from "../opened";
import { go, route } from "../route";
import type { Entry } from "./inbox";

export const CARD = "inbox";

/** The note that was asked for and is to be brought into view once it is there. */
export const pointed = signal<string | null>(null);

export function toggleInbox(): void {
  if (layout.peek() === "narrow") go({ page: "inbox", caseId: null, details: false });
  else if (opened.peek() === CARD) close();
  else open(CARD);
}

/** The case at that note; a list that has it stands beside it. */
export function follow(desk: Desk, entry: Entry): void {
  close();
  desk.inbox.mark(entry, true);
  pointed.value = entry.note_id;
  const { page, list } = route.peek();
  const beside = page === "cases" && list !== "unassigned" ? list : "all";
  go({ page: "cases", list: beside, caseId: entry.case_id, details: false });
}
