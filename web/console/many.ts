import { signal } from "@preact/signals";
import { t } from "../shared/i18n";
import type { Outcome } from "./cases/actions";
import { type Action, actionFor } from "./cases/pending";
import type { Desk } from "./desk";
import type { Case } from "./model";
import { toast } from "./toasts";

/** How far something that is done with many cases has come; null while there is nothing. */
export const progress = signal<{ done: number; total: number } | null>(null);

/** So many are asked of the server at a time. */
const AT_ONCE = 4;

/** Whether an action can be one of many: ending a chat under a customer's hands is decided for each by itself. */
export function fitsMany(item: Case, action: Action): boolean {
  return actionFor(item) === action && !(action === "resolve" && item.live);
}

/** The same action for every case that allows it; says at the end what was done and what was not, and why. */
export async function performMany(
  desk: Desk,
  items: readonly Case[],
  action: Action,
): Promise<void> {
  if (progress.peek()) return;
  const fitting = items.filter((item) => fitsMany(item, action));
  progress.value = { done: 0, total: fitting.length };
  try {
    report(desk, action, await performAll(desk, fitting, action), items.length - fitting.length);
  } finally {
    progress.value = null;
  }
}

async function performAll(desk: Desk, items: readonly Case[], action: Action): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) {
      const outcome = await desk.actions.perform(item, action);
      if (outcome) outcomes.push(outcome);
      const { done, total } = progress.peek() ?? { done: 0, total: items.length };
      progress.value = { done: done + 1, total };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

function report(desk: Desk, action: Action, outcomes: readonly Outcome[], left: number): void {
  const done = outcomes.filter(({ kind }) => kind === "done").map((outcome) => outcome.case);
  const moved = outcomes.filter(({ kind }) => kind === "moved_on").length;
  const failed = outcomes.length - done.length - moved;
  const text = [
    t(`many-${action}`, { count: done.length }),
    moved > 0 && t("many-moved-on", { count: moved }),
    failed > 0 && t("many-failed", { count: failed }),
    left > 0 && t("many-left", { count: left }),
  ];
  const back = {
    label: t("console-action-reopen"),
    run: () => void performMany(desk, done, "reopen"),
  };
  toast({
    tone: failed > 0 ? "error" : moved > 0 ? "warning" : "done",
    text: text.filter(Boolean).join(" "),
    ...(action === "resolve" && done.length > 0 ? { action: back } : {}),
  });
}
