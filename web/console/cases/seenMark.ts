import { load, save } from "../../shared/local";
import type { SeenMark } from "./store";

/** Until when a technician has seen what came in, as this browser remembers it. */
export function seenMark(technician: string): SeenMark {
  const key = `deskbus.seen-until.${technician}`;
  return { read: () => load<number>(key) ?? 0, write: (time) => save(key, time) };
}
