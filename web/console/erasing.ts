/** Deleting a case for good: asked for twice, and told to everybody who sees the case (S32). */
import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import { t } from "../shared/i18n";
import type { FrameOf } from "../shared/wire";
import type { Desk } from "./desk";
import { explain } from "./explain";
import type { Case } from "./model";
import { movedOnText } from "./press";
import { go, route } from "./route";
import { toast } from "./toasts";

/** The case that was asked to be deleted, while the second press is waited for. */
export const eraseAsked = signal<string | null>(null);

/** The second press. What was decided on a case that has moved on meanwhile is explained, and nothing is deleted. */
export async function erase(desk: Desk, item: Case): Promise<void> {
  try {
    await desk.backend.deleteCase(item.id, item.state_version);
  } catch (error) {
    const news = desk.backend.movedOn(error);
    if (!news) {
      explain(error);
      return;
    }
    const text = movedOnText(news.case, news.by, desk.technician.id);
    toast({ tone: "warning", text, code: "case_moved_on" });
    desk.store.receive(news.case, "answer");
    return;
  }
  eraseAsked.value = null;
  desk.store.remove(item.id);
  if (route.peek().caseId === item.id) go({ caseId: null });
  toast({
    tone: "done",
    text: t("console-deleted", { number: String(item.number) }),
    action: {
      label: t("console-deleted-receipt"),
      run: () => go({ page: "settings", place: "deleted-cases", caseId: null }),
    },
  });
}

/** Somebody deleted a case: it is gone from every list, and whoever looks at it is told. */
export function noteDeleted(desk: Desk, { case_id, by, number }: FrameOf<"deleted">): void {
  const looking = route.peek().caseId === case_id;
  if (looking) desk.finding.lose(case_id, new ApiError("conversation_deleted", 410));
  else if (desk.store.cases.peek().has(case_id))
    toast({ tone: "warning", text: t("console-deleted-by", { number: String(number), name: by }) });
  desk.store.remove(case_id);
}
