/** Another capacity tried on the last month (N9). */
import { request } from "../../shared/api";
import type { RedecidedCase, RoutingTrialView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Typed } from "./assignment";
import { type Ask, Partwise } from "../partwise";
import { summed, type Told, told } from "./trials";

type Counts = Readonly<Record<string, number>>;

export interface RoutingSum extends Told<RedecidedCase> {
  before: Counts;
  after: Counts;
  byHand: number;
  byHandSeconds: number;
}

export function asking(token: TokenSource): Ask<Typed, RoutingTrialView> {
  return ({ chats, cases }, after) =>
    request("/cases/assignment/trial", {
      method: "POST",
      body: { capacity: { chats: Number(chats), cases: Number(cases) }, after },
      token,
    });
}

export class RoutingTrial extends Partwise<Typed, RoutingTrialView, RoutingSum> {
  constructor(ask: Ask<Typed, RoutingTrialView>) {
    super(ask, added);
  }
}

export function added(before: RoutingSum | null, part: RoutingTrialView): RoutingSum {
  return {
    ...told(before, part),
    before: summed(before?.before, part.before),
    after: summed(before?.after, part.after),
    byHand: (before?.byHand ?? 0) + part.by_hand,
    byHandSeconds: (before?.byHandSeconds ?? 0) + part.by_hand_seconds,
  };
}
