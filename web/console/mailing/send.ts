/** Hands a mail to the desk, taking the case first where nobody has it. */
import { ApiError, errorText } from "../../shared/api";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { type Case, isIncoming } from "../model";
import { movedOnText, perform } from "../press";
import type { MailForm, Problem, Written } from "./mail";

/** Whoever answers a case that waits has it from then on. */
export async function sendMail(desk: Desk, item: Case, form: MailForm): Promise<boolean> {
  return form.send(async (mail) => {
    const mine = isIncoming(item) ? await perform(desk, item, "assign") : item;
    return mine ? hand(desk, mine, mail) : { text: t("console-mail-not-taken"), code: "" };
  });
}

async function hand(desk: Desk, item: Case, mail: Written): Promise<Problem | null> {
  try {
    desk.store.settleAction(await desk.backend.mail(item.id, mail, item.state_version));
    return null;
  } catch (error) {
    const moved = desk.backend.movedOn(error);
    if (moved) {
      desk.store.settleAction(moved.case);
      const news = movedOnText(moved.case, moved.by, desk.technician.id);
      return { text: t("console-mail-moved-on", { news }), code: "case_moved_on" };
    }
    if (!(error instanceof ApiError)) throw error;
    return { text: errorText(error.code, error.params), code: error.code };
  }
}
