import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CustomerCase } from "../../shared/generated/rest";
import type { Entry } from "../../shared/wire";
import type { Desk } from "../desk";
import { type Case, wasChat } from "../model";
import type { Moment } from "../past";
import { PastCalls } from "../pastCalls";

/** A case at a moment, from both sides. */
export interface Past {
  case: Case;
  page: CustomerCase;
  said: readonly Entry[];
}

export interface PastReading {
  /** What is shown stays until the next is here. Null before the first, and where it cannot be read. */
  past: Past | null;
  failure: unknown;
  again: () => void;
}

/** What was there at a moment. */
export function usePast(desk: Desk, id: string, moment: Moment | undefined): PastReading {
  const past = useSignal<Past | null>(null);
  const failure = useSignal<unknown>(null);
  const tries = useSignal(0);
  const attempt = tries.value;
  const { version, time } = moment ?? {};
  useEffect(() => {
    if (version === undefined || time === undefined) return;
    let current = true;
    read(desk, id, version, time).then(
      (found) => {
        if (!current) return;
        past.value = found;
        failure.value = null;
      },
      (error: unknown) => {
        if (!current) return;
        // Another moment's case under this one's date would be untrue.
        past.value = null;
        failure.value = error;
      },
    );
    return () => {
      current = false;
    };
  }, [desk, id, version, time, past, failure, attempt]);
  const again = () => {
    tries.value += 1;
  };
  return { past: past.value, failure: failure.value, again };
}

async function read(desk: Desk, id: string, version: number, time: string): Promise<Past> {
  const calls = new PastCalls(desk.token);
  const [item, page] = await Promise.all([
    calls.past(id, version),
    calls.pastOfCustomer(id, version),
  ]);
  return { case: item, page, said: wasChat(item) ? await calls.saidUntil(id, time) : [] };
}
