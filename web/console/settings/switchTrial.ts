/** Automatic assignment tried for a portal on the last month (N9). */
import { request } from "../../shared/api";
import type { GivenCase, ShareView, SwitchTrialView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import { type Ask, Partwise } from "../partwise";
import { type Told, told } from "./trials";

export interface SwitchSum extends Told<GivenCase> {
  waits: number;
  atOnce: number;
  later: number;
  assumed: number;
  knownSince: string | null;
  beforeSeconds: number;
  afterSeconds: number;
  people: readonly ShareView[];
}

export function asking(token: TokenSource): Ask<string, SwitchTrialView> {
  return (portal, after) =>
    request(`/cases/assignment/portals/${portal}/trial`, {
      method: "POST",
      body: { after },
      token,
    });
}

export class SwitchTrial extends Partwise<string, SwitchTrialView, SwitchSum> {
  constructor(ask: Ask<string, SwitchTrialView>) {
    super(ask, added);
  }
}

export function added(before: SwitchSum | null, part: SwitchTrialView): SwitchSum {
  return {
    ...told(before, part),
    waits: (before?.waits ?? 0) + part.waits,
    atOnce: (before?.atOnce ?? 0) + part.at_once,
    later: (before?.later ?? 0) + part.later,
    assumed: (before?.assumed ?? 0) + part.assumed,
    knownSince: part.known_since,
    beforeSeconds: (before?.beforeSeconds ?? 0) + part.before_seconds,
    afterSeconds: (before?.afterSeconds ?? 0) + part.after_seconds,
    people: together(before?.people ?? [], part.people),
  };
}

function together(one: readonly ShareView[], other: readonly ShareView[]): ShareView[] {
  const shares = new Map<string, ShareView>();
  for (const { person, before, after } of [...one, ...other]) {
    const known = shares.get(person.id) ?? { person, before: 0, after: 0 };
    shares.set(person.id, {
      person,
      before: known.before + before,
      after: known.after + after,
    });
  }
  return [...shares.values()].sort((a, b) => b.after - a.after);
}
