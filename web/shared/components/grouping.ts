/** How entries stand under each other: by author and minute, with activity lines between. */
import type { Entry, Participant } from "../wire";

export type Row =
  | { kind: "day"; key: string; time: string }
  | { kind: "activity"; key: string; entry: Entry }
  | { kind: "messages"; key: string; author: Participant; time: string; entries: Entry[] };

/** Messages of one author within one minute belong together, the bot's too; a new day gets a heading. */
export function groupEntries(entries: readonly Entry[]): Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const entry of entries) {
    if (isUnseen(entry)) continue;
    const today = new Date(entry.time).toDateString();
    if (today !== day) rows.push({ kind: "day", key: `day-${entry.id}`, time: entry.time });
    day = today;
    if (isSaid(entry)) append(rows, entry);
    else rows.push({ kind: "activity", key: entry.id, entry });
  }
  return rows;
}

/** Said by somebody, so that it stands in a bubble. */
export function isSaid({ kind }: Entry): boolean {
  return kind === "message" || kind === "bot";
}

/** The opening is the beginning itself, and a deletion is seen where the message was. */
function isUnseen({ kind }: Entry): boolean {
  return kind === "opened" || kind === "deleted";
}

function append(rows: Row[], entry: Entry): void {
  const last = rows.at(-1);
  if (last?.kind === "messages" && together(last.entries.at(-1), entry)) last.entries.push(entry);
  else {
    const { id: key, author, time } = entry;
    rows.push({ kind: "messages", key, author, time, entries: [entry] });
  }
}

function together(before: Entry | undefined, after: Entry): boolean {
  if (!before) return false;
  const { kind, id } = before.author;
  return kind === after.author.kind && id === after.author.id && minute(before) === minute(after);
}

function minute(entry: Entry): number {
  return Math.floor(Date.parse(entry.time) / 60_000);
}
