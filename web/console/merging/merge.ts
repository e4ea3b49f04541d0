import { signal } from "@preact/signals";
import { ApiError, request } from "../../shared/api";
import { t } from "../../shared/i18n";
import type { TokenSource } from "../../shared/token";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { Case } from "../model";
import { movedOnText } from "../press";
import { go, route } from "../route";
import { toast } from "../toasts";

/** The case for which another one is being looked for. */
export const merging = signal<Case | null>(null);

export function mergeCase(token: TokenSource, source: Case, target: Case): Promise<Case> {
  const body = {
    state_version: source.state_version,
    into: target.id,
    into_state_version: target.state_version,
  };
  return request(`/cases/cases/${source.id}/merge`, { method: "POST", body, token });
}

function unmergeCase(token: TokenSource, item: Case): Promise<Case> {
  const body = { state_version: item.state_version };
  return request(`/cases/cases/${item.id}/unmerge`, { method: "POST", body, token });
}

/** Whether it can go on in another one: nobody sits in its chat, and it goes on in none yet. */
export function mayMerge(item: Case): boolean {
  return !item.live && item.merged_into === null;
}

export function noteMerged(desk: Desk, source: Case, target: Case): void {
  desk.store.settleAction(source);
  const here = route.peek();
  if (here.caseId === source.id) go({ caseId: target.id });
  toast({
    tone: "done",
    text: t("merge-done", { number: String(source.number), into: String(target.number) }),
    action: { label: t("undo"), run: () => void unmerge(desk, source) },
  });
}

export async function unmerge(desk: Desk, item: Case): Promise<void> {
  try {
    const free = await unmergeCase(desk.token, desk.store.cases.peek().get(item.id) ?? item);
    desk.store.settleAction(free);
    toast({ tone: "done", text: t("merge-undone", { number: String(item.number) }) });
  } catch (error) {
    sayWhy(desk, error);
  }
}

/** Somebody was faster: the case as it is now is shown, and who that was. */
export function sayWhy(desk: Desk, error: unknown): void {
  const news = desk.backend.movedOn(error);
  if (!news || !(error instanceof ApiError)) {
    explain(error);
    return;
  }
  desk.store.settleAction(news.case);
  toast({
    tone: "warning",
    text: movedOnText(news.case, news.by, desk.technician.id),
    code: error.code,
  });
}
