/** How entries stand under each other: by author and minute, with activity lines between. */
import type { Entry, Participant } from "../wire";

export type Row =
  | { kind: "day"; key: string; time: string }
  | { kind: "activity"; key: string; entry: Entry }
  | { kind: "messages"; key: string; author: Participant; time: string; entries: Entry[] }
  | { kind: "aside"; key: string; time: string; aside: Aside };

/** Something that is not in the log and has its place in the conversation: behind the entry at `after`. */
export interface Aside {
  id: string;
  after: number;
  time: string;
}

/** Messages of one author within one minute belong together, the bot's too; a new day gets a heading. */
export function groupEntries(entries: readonly Entry[], asides: readonly Aside[] = []): Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const { entry, aside } of inOrder(entries, asides)) {
    const { id, time } = entry ?? aside;
    const today = new Date(time).toDateString();
    if (today !== day) rows.push({ kind: "day", key: `day-${id}`, time });
    day = today;
    if (aside) rows.push({ kind: "aside", key: id, time, aside });
    else if (isSaid(entry)) append(rows, entry);
    else rows.push({ kind: "activity", key: id, entry });
  }
  return rows;
}

type Placed = { entry: Entry; aside?: undefined } | { entry?: undefined; aside: Aside };

/** By position, never by time: clocks differ, places do not. */
function inOrder(entries: readonly Entry[], asides: readonly Aside[]): Placed[] {
  const seen = entries.filter((entry) => !isUnseen(entry));
  if (asides.length === 0) return seen.map((entry) => ({ entry }));
  const placed: Placed[] = [];
  let next = 0;
  for (const entry of seen) {
    for (let aside = asides[next]; aside && aside.after < entry.seq; aside = asides[next]) {
      placed.push({ aside });
      next += 1;
    }
    placed.push({ entry });
  }
  return [...placed, ...asides.slice(next).map((aside) => ({ aside }))];
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
