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

/** What was there at a moment; what is shown stays until the next is here. Null before the first. */
export function usePast(desk: Desk, id: string, moment: Moment | undefined): Past | null {
  const past = useSignal<Past | null>(null);
  const { version, time } = moment ?? {};
  useEffect(() => {
    if (version === undefined || time === undefined) return;
    let current = true;
    read(desk, id, version, time).then(
      (found) => {
        if (current) past.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [desk, id, version, time, past]);
  return past.value;
}

async function read(desk: Desk, id: string, version: number, time: string): Promise<Past> {
  const calls = new PastCalls(desk.token);
  const [item, page] = await Promise.all([
    calls.past(id, version),
    calls.pastOfCustomer(id, version),
  ]);
  return { case: item, page, said: wasChat(item) ? await calls.saidUntil(id, time) : [] };
}
