import { batch, signal } from "@preact/signals";
import type { ManyResult } from "../shared/generated/rest";
import { hasText, t } from "../shared/i18n";
import { type Act, type Action, actOf } from "./cases/pending";
import type { Desk } from "./desk";
import type { Case } from "./model";
import { movedOnText } from "./press";
import { toast } from "./toasts";

/** How far something that is done with many cases has come; null while there is nothing. */
export const progress = signal<{ done: number; total: number } | null>(null);

/** So many go to the server at once: few enough that the progress moves. */
const AT_ONCE = 25;

/** What became of one of many. `version` is that of the change, if there was one: it takes it back. */
interface Done {
  kind: "done" | "moved_on" | "failed";
  case: Case;
  version: number | null;
}

/** Whether an act may be one of many: ending a chat under a customer's hands is decided for each by itself. */
export function endsNoChat(item: Case, wanted: Action | Act): boolean {
  const act = actOf(wanted);
  const ends = act.do === "macro" ? act.ends : act.do === "resolve" || act.do === "spam";
  return !(item.live && ends);
}

/** For which of many a command is offered: a live chat is not ended along with others, and that is said. */
export function withoutChats(fits: (item: Case) => boolean, act: Act | undefined) {
  const ended = (item: Case) => !act || endsNoChat(item, act);
  return {
    fits: (item: Case) => fits(item) && ended(item),
    leaves: (item: Case) => fits(item) && !ended(item),
  };
}

/** The same act for each of the cases; says at the end what was done and what was not, and takes it back if wanted. */
export async function performMany(
  desk: Desk,
  items: readonly Case[],
  wanted: Action | Act,
): Promise<void> {
  if (progress.peek()) return;
  const act = actOf(wanted);
  const fitting = items.filter((item) => endsNoChat(item, act));
  const done: Done[] = [];
  progress.value = { done: 0, total: fitting.length };
  try {
    for (let at = 0; at < fitting.length; at += AT_ONCE) {
      done.push(...(await inOneGo(desk, fitting.slice(at, at + AT_ONCE), act)));
      progress.value = { done: done.length, total: fitting.length };
    }
  } finally {
    progress.value = null;
  }
  report(desk, act, done, items.length - fitting.length);
}

/** One question for all of them: shown at once, and taken back where the server says otherwise. */
async function inOneGo(desk: Desk, items: readonly Case[], act: Act): Promise<Done[]> {
  const { store } = desk;
  const now = items.map((item) => store.cases.peek().get(item.id) ?? item);
  batch(() => {
    for (const { id, state_version } of now)
      store.setPending(id, { act, stateVersion: state_version, me: store.me });
  });
  const results = await desk.backend.actOnMany(now, act).catch(() => []);
  const outcomes = new Map(results.map((result) => [result.id, result]));
  return batch(() =>
    now.map((item) => {
      const result = outcomes.get(item.id);
      if (result?.case) store.settleAction(result.case);
      store.setPending(item.id, null);
      return doneOf(item, result);
    }),
  );
}

function doneOf(item: Case, result: ManyResult | undefined): Done {
  const known = result?.case ?? item;
  // A question that was repeated, because its answer was lost, finds it as it is wanted.
  if (result?.outcome === "done" || result?.outcome === "unchanged")
    return { kind: "done", case: known, version: result.version };
  const kind = result?.outcome === "moved_on" ? "moved_on" : "failed";
  return { kind, case: known, version: null };
}

/** Takes back what was done with many: each version names the change that was ours. */
async function undoMany(desk: Desk, done: readonly Done[]): Promise<void> {
  if (progress.peek()) return;
  const back = await takeBack(desk, done);
  // Somebody has gone on from there, or the server did not answer: those cases stay as they are, and are counted.
  const left = done.length - back.length;
  toast({
    tone: left > 0 ? "warning" : "done",
    text: sentence(
      t("many-undone", { count: back.length }),
      left > 0 && t("many-left", { count: left }),
    ),
  });
}

/** The cases that are as they were before; the others are shown as they are now. */
async function takeBack(desk: Desk, done: readonly Done[]): Promise<Case[]> {
  const back: Case[] = [];
  progress.value = { done: 0, total: done.length };
  try {
    for (let at = 0; at < done.length; at += AT_ONCE) {
      const changes = done
        .slice(at, at + AT_ONCE)
        .map(({ case: { id }, version }) => ({ id, version: version ?? 0 }));
      const results = await desk.backend.undoMany(changes).catch(() => []);
      batch(() => {
        for (const { outcome, case: item } of results) {
          if (item) desk.store.settleAction(item);
          if (item && (outcome === "done" || outcome === "unchanged")) back.push(item);
        }
      });
      progress.value = { done: Math.min(at + AT_ONCE, done.length), total: done.length };
    }
  } finally {
    progress.value = null;
  }
  return back;
}

function report(desk: Desk, act: Act, outcomes: readonly Done[], chats: number): void {
  const done = outcomes.filter(({ kind }) => kind === "done");
  const moved = outcomes.filter(({ kind }) => kind === "moved_on");
  const failed = outcomes.length - done.length - moved.length;
  const ours = done.filter(({ version }) => version !== null);
  const undo = { label: t("undo"), run: () => void undoMany(desk, ours) };
  const none = outcomes.length === 0;
  toast({
    tone: failed > 0 ? "error" : moved.length > 0 || none ? "warning" : "done",
    text: sentence(
      t(textOf(act.do), { count: done.length }),
      movedText(desk, moved),
      failed > 0 && t("many-failed", { count: failed }),
      chats > 0 && t("many-live-left", { count: chats }),
    ),
    ...(ours.length > 0 ? { action: undo } : {}),
  });
}

/** Which cases somebody was faster with, and who; so many of them are named. */
const NAMED = 3;

function movedText(desk: Desk, moved: readonly Done[]): string | false {
  if (moved.length > NAMED) return t("many-moved-on", { count: moved.length });
  return sentence(
    ...moved.map(({ case: item }) => movedOnText(item, item.changed_by, desk.technician.id)),
  );
}

/** Marks of all kinds are told of in the same words. */
function textOf(name: Act["do"]): string {
  const id = `many-${name}`;
  return hasText(id) ? id : "many-changed";
}

function sentence(...parts: readonly (string | false)[]): string {
  return parts.filter(Boolean).join(" ");
}
