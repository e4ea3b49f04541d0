import { signal } from "@preact/signals";
import { hasText, t } from "../shared/i18n";
import type { Outcome } from "./cases/actions";
import { type Act, type Action, actOf } from "./cases/pending";
import type { Desk } from "./desk";
import { explain } from "./explain";
import type { Case, Person } from "./model";
import { go, route } from "./route";
import { sayLost } from "./sending";
import { toast } from "./toasts";

/** What waits for a yes: only what cannot be undone, which is the end of a live chat. */
export type Question = { what: "leave" | "resolve"; item: Case; act?: Act };

/** The case whose composer takes the focus once it is there: who takes a case wants to write. */
export const replyTo = signal<string | null>(null);

export const question = signal<Question | null>(null);

/** One press of an action button, a menu item or a key. Resolving a live chat ends it, so it asks first. */
export function press(desk: Desk, item: Case, wanted: Action | Act): void {
  const act = actOf(wanted);
  const ends = act.do === "resolve" || (act.do === "macro" && act.ends);
  if (ends && item.live) question.value = { what: "resolve", item, act };
  else void perform(desk, item, wanted);
}

/** The case as it is afterwards; null where nothing was done. */
export async function perform(desk: Desk, item: Case, wanted: Action | Act): Promise<Case | null> {
  const outcome = await desk.actions.perform(item, wanted);
  if (outcome?.kind === "done") noteDone(desk, outcome);
  else if (outcome?.kind === "moved_on") noteMovedOn(desk, outcome.case, outcome.by);
  else if (outcome)
    sayLost(
      "console-taken-back",
      String(item.number),
      outcome.error,
      () => void perform(desk, outcome.case, wanted),
    );
  return outcome?.kind === "done" ? outcome.case : null;
}

function noteDone(desk: Desk, outcome: Outcome): void {
  const { act, case: item } = outcome;
  const action = act.do;
  const number = String(item.number);
  const here = route.peek();
  // The list follows the case out of Unassigned, so that what one works on is never without its row.
  if (action === "assign" && here.caseId === item.id && here.list === "unassigned")
    go({ list: "mine" }, { replace: true });
  if (action === "assign" && here.caseId === item.id) replyTo.value = item.id;
  // That it is no spam changes a mark and no state: like other marks it is seen where it was pressed.
  if (act.do === "spam" && !act.spam) return;
  const words = `console-done-${action}`;
  // The end of a chat cannot be taken back: its case is open again, but its customer has gone.
  const back =
    action === "resolve" && item.live
      ? { label: t("console-action-reopen"), run: () => void perform(desk, item, "reopen") }
      : { label: t("undo"), run: () => void undo(desk, item) };
  if (act.do === "macro")
    toast({ tone: "done", text: t("macro-applied", { name: act.name, number }), action: back });
  else if (hasText(words)) toast({ tone: "done", text: t(words, { number }), action: back });
}

/** All that an act did is taken back at once, while nobody has gone on from there. */
async function undo(desk: Desk, done: Case): Promise<void> {
  try {
    desk.store.settleAction(await desk.backend.undo(done.id, done.version));
  } catch (error) {
    const moved = desk.backend.movedOn(error);
    if (!moved) {
      explain(error);
      return;
    }
    desk.store.settleAction(moved.case);
    noteMovedOn(desk, moved.case, moved.by);
  }
}

function noteMovedOn(desk: Desk, item: Case, by: Person | null): void {
  const text = movedOnText(item, by, desk.technician.id);
  toast({ tone: "warning", text, code: "case_moved_on" });
}

/** Who was faster, and with what. */
export function movedOnText(item: Case, by: Person | null, me: string): string {
  const number = String(item.number);
  if (!by?.name) return t("console-moved-on", { number });
  if (by.id === me) return t("console-moved-on-you", { number });
  return t(`console-moved-on-${item.state}`, { number, name: by.name });
}
