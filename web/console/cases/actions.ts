import { batch } from "@preact/signals";
import type { Case, Person } from "../model";
import { type Act, type Action, actOf } from "./pending";
import type { CaseStore } from "./store";

/** How an action ended. `moved_on` carries who was faster, when the server knows. */
export type Outcome =
  | { kind: "done"; act: Act; case: Case }
  | { kind: "moved_on"; act: Act; case: Case; by: Person | null }
  | { kind: "failed"; act: Act; case: Case; error: unknown };

export interface ActionSource {
  act(id: string, act: Act, stateVersion: number): Promise<Case>;
  /** What a 409 `case_moved_on` carried, or null for any other error. */
  movedOn(error: unknown): { case: Case; by: Person | null } | null;
}

/** Presses the buttons of a case: shown at once, taken back when the server says that somebody was faster. */
export class CaseActions {
  constructor(
    private readonly store: CaseStore,
    private readonly source: ActionSource,
  ) {}

  private readonly running = new Map<string, { act: Act; done: Promise<unknown> }>();

  /**
   * Null when the very same is under way already: a double click does one thing. What else is pressed meanwhile waits
   * for the answer, and is decided on the case as it is then.
   */
  async perform(item: Case, wanted: Action | Act): Promise<Outcome | null> {
    const act = actOf(wanted);
    for (let other = this.running.get(item.id); other; other = this.running.get(item.id)) {
      if (JSON.stringify(other.act) === JSON.stringify(act)) return null;
      await other.done;
    }
    const now = this.store.cases.peek().get(item.id) ?? item;
    const done = this.send(now, act);
    this.running.set(item.id, { act, done });
    try {
      return await done;
    } finally {
      this.running.delete(item.id);
    }
  }

  private async send(item: Case, act: Act): Promise<Outcome | null> {
    const { store } = this;
    store.setPending(item.id, { act, stateVersion: item.state_version, me: store.me });
    try {
      const changed = await this.source.act(item.id, act, item.state_version);
      this.settle(item.id, changed);
      return { kind: "done", act, case: changed };
    } catch (error) {
      return this.explain(item, act, error);
    }
  }

  private async explain(item: Case, act: Act, error: unknown): Promise<Outcome | null> {
    const moved = this.source.movedOn(error);
    this.settle(item.id, moved?.case ?? null);
    if (act.do === "assign" && moved && stillWaits(moved.case, item))
      return this.send(moved.case, act);
    if (moved) return { kind: "moved_on", act, case: moved.case, by: moved.by };
    return { kind: "failed", act, case: item, error };
  }

  private settle(id: string, truth: Case | null): void {
    batch(() => {
      if (truth) this.store.settleAction(truth);
      this.store.setPending(id, null);
    });
  }
}

/** Whether nobody was faster: the bot was done with the customer meanwhile, and the case still waits to be taken. */
function stillWaits(now: Case, before: Case): boolean {
  return before.state === "pending" && now.state === "unassigned";
}
