/** What the log of a chat says, so that a page that was reloaded knows as much as one that was not. */
import { nameOf } from "../shared/customerLines";
import type { Entry } from "../shared/wire";

type Entries = readonly Entry[];

/** What says who is there, or that nobody is. */
const TURNS: ReadonlySet<string> = new Set(["joined", "transferred", "queued"]);

/** How a chat became a request: the customer stopped waiting, or the page was closed for too long. */
export type Became = "request" | "gone";

/** The technician who is there: whoever joined or took over last, unless the case waits in the queue again. */
export function technicianIn(entries: Entries): string | null {
  const turn = entries.findLast(
    ({ kind, code }) => kind === "activity" && code !== undefined && TURNS.has(code),
  );
  return turn && turn.code !== "queued" ? nameOf(turn) : null;
}

/** When the customer asked first. */
export function askedAtIn(entries: Entries): string | null {
  return entries.find(isFromCustomer)?.time ?? null;
}

export function becameIn(entries: Entries): Became | null {
  const by = entries.findLast(({ kind }) => kind === "ended")?.params?.by;
  return by === "request" || by === "gone" ? by : null;
}

/** The address that the customer gave to the bot; empty while they gave none. */
export function emailIn(entries: Entries): string {
  return String(entries.findLast(({ kind }) => kind === "contact")?.params?.email ?? "");
}

export function wasAskedForEmail(entries: Entries): boolean {
  return entries.some(({ kind, code }) => kind === "bot" && code === "ask_email");
}

/** The last entry that changed the state of the case; there is more to know about it then. */
export function turnIn(entries: Entries): string | null {
  const turned = (code: string | undefined) => code === "resolved" || code === "reopened";
  return entries.findLast(({ kind, code }) => kind === "ended" || turned(code))?.id ?? null;
}

function isFromCustomer(entry: Entry): boolean {
  return entry.kind === "message" && entry.author.kind === "customer";
}
