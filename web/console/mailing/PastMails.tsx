import { t } from "../../shared/i18n";
import type { TimelineEntry } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { happeningText } from "../happenings";
import { FollowUpCard } from "./FollowUpCard";
import { fateOf } from "./mail";

/** The mails that were written until a moment, as they stood then; one that was just written with its text. */
export function PastMails({ desk, entries }: { desk: Desk; entries: readonly TimelineEntry[] }) {
  const mails = entries.filter(({ type }) => type === "case.followed_up");
  const now = entries.findLast(({ type }) => type !== "case.answered");
  if (mails.length === 0) return null;
  return (
    <section class="past-mails" aria-label={t("console-past-mails")}>
      {mails.map((entry) =>
        entry.follow_up && (entry === now || mails.length === 1) ? (
          <FollowUpCard key={entry.id} {...{ desk, entry, entries }} mail={entry.follow_up} />
        ) : (
          <p key={entry.id}>
            {happeningText(entry, desk.technician.id, desk.labels)} ·{" "}
            {t(`console-mail-state-${fateOf(entries, entry.tells.mail_id).state}`)}
          </p>
        ),
      )}
    </section>
  );
}
