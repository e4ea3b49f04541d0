import { signal } from "@preact/signals";
import { hasText, t } from "../shared/i18n";
import type { Outcome } from "./cases/actions";
import { type Act, type Action, actOf } from "./cases/pending";
import type { Desk } from "./desk";
import type { Case } from "./model";
import { toast } from "./toasts";

/** How far something that is done with many cases has come; null while there is nothing. */
export const progress = signal<{ done: number; total: number } | null>(null);

/** So many are asked of the server at a time. */
const AT_ONCE = 4;

/** Whether an act may be one of many: ending a chat under a customer's hands is decided for each by itself. */
export function endsNoChat(item: Case, wanted: Action | Act): boolean {
  const act = actOf(wanted);
  const ends = act.do === "macro" ? act.ends : act.do === "resolve" || act.do === "spam";
  return !(item.live && ends);
}

/** The same act for each of the cases; says at the end what was done and what was not, and takes it back if wanted. */
export async function performMany(
  desk: Desk,
  items: readonly Case[],
  wanted: Action | Act,
): Promise<void> {
  if (progress.peek()) return;
  const fitting = items.filter((item) => endsNoChat(item, wanted));
  const outcomes = await inTurns(fitting, (item) => desk.actions.perform(item, wanted));
  const heard = outcomes.filter((outcome) => outcome !== null);
  report(desk, actOf(wanted).do, heard, items.length - heard.length);
}

/** Takes back what was done with many: each version names the change that was ours. */
async function undoMany(desk: Desk, done: readonly Case[]): Promise<void> {
  if (progress.peek()) return;
  const undone = await inTurns(done, async (item) => {
    try {
      desk.store.settleAction(await desk.backend.undo(item.id, item.version));
      return true;
    } catch {
      // Somebody has gone on from there, or the server does not answer: the case stays as it is, and is counted.
      return false;
    }
  });
  const count = undone.filter(Boolean).length;
  const left = undone.length - count;
  toast({
    tone: left > 0 ? "warning" : "done",
    text: sentence(t("many-undone", { count }), left > 0 && t("many-left", { count: left })),
  });
}

/** A few at a time, in their order, while the progress is shown. */
async function inTurns<T>(items: readonly Case[], work: (item: Case) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  const left = [...items];
  progress.value = { done: 0, total: items.length };
  const worker = async () => {
    for (let item = left.shift(); item; item = left.shift()) {
      results.push(await work(item));
      progress.value = { done: results.length, total: items.length };
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    progress.value = null;
  }
  return results;
}

function report(desk: Desk, name: Act["do"], outcomes: readonly Outcome[], left: number): void {
  const done = outcomes.filter(({ kind }) => kind === "done").map((outcome) => outcome.case);
  const moved = outcomes.filter(({ kind }) => kind === "moved_on").length;
  const failed = outcomes.length - done.length - moved;
  const undo = { label: t("undo"), run: () => void undoMany(desk, done) };
  toast({
    tone: failed > 0 ? "error" : moved > 0 ? "warning" : "done",
    text: sentence(
      t(textOf(name), { count: done.length }),
      moved > 0 && t("many-moved-on", { count: moved }),
      failed > 0 && t("many-failed", { count: failed }),
      left > 0 && t("many-left", { count: left }),
    ),
    ...(done.length > 0 ? { action: undo } : {}),
  });
}

/** Marks of all kinds are told of in the same words. */
function textOf(name: Act["do"]): string {
  const id = `many-${name}`;
  return hasText(id) ? id : "many-changed";
}

function sentence(...parts: (string | false)[]): string {
  return parts.filter(Boolean).join(" ");
}
