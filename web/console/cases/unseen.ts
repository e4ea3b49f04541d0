import { type Case, isQuiet } from "../model";
import type { CaseMap } from "./lists";

/** Unassigned cases that arrived while the technician looked elsewhere: they are the red dot. */
export type Unseen = ReadonlySet<string>;

/** The events after which a case may have begun to wait. */
export const ARRIVALS: ReadonlySet<string> = new Set([
  "case.opened",
  "case.ready",
  "case.requested",
  "case.reopened",
]);

export interface Arrival {
  known: CaseMap;
  incoming: Iterable<Case>;
  /** Whether the Unassigned list is on screen in a visible window. */
  looking: boolean;
  /** Milliseconds of the newest case seen in Unassigned before; what is older is no news after a reload. */
  seenUntil: number;
}

/** Adds what has just begun to wait: a new case, or one that came back to Unassigned; not one that waited before. */
export function withArrivals(unseen: Unseen, arrival: Arrival): Unseen {
  if (arrival.looking) return unseen;
  const fresh = [...arrival.incoming].filter(
    (item) =>
      item.state === "unassigned" &&
      !isQuiet(item) &&
      arrival.known.get(item.id)?.state !== "unassigned" &&
      Date.parse(item.created_at) > arrival.seenUntil,
  );
  return fresh.length === 0 ? unseen : new Set([...unseen, ...fresh.map((item) => item.id)]);
}

/** Only what still waits deserves the dot: a case that a colleague took, or muted, is nobody's news. */
export function stillWaiting(unseen: Unseen, known: CaseMap): Unseen {
  const waiting = [...unseen].filter((id) => {
    const item = known.get(id);
    return !item || (item.state === "unassigned" && !isQuiet(item));
  });
  return waiting.length === unseen.size ? unseen : new Set(waiting);
}
