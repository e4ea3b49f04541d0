import { Mail, PenLine } from "lucide";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { FollowUpText, TimelineEntry } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { actorOf } from "../happenings";
import type { Case } from "../model";
import { MAIL_SIGNS } from "../parts/CaseMails";
import { startMail } from "../writing";
import { type Fate, fateOf, mailFormOf } from "./mail";

interface FollowUpCardProps {
  desk: Desk;
  entry: TimelineEntry;
  mail: FollowUpText;
  /** What happened until the moment that is shown. */
  entries: readonly TimelineEntry[];
  /** The case, where more can be done than to read. */
  item?: Case | undefined;
}

/** A mail that a technician wrote, as it stands on the record, with what became of it (S61). */
export function FollowUpCard({ desk, entry, mail, entries, item }: FollowUpCardProps) {
  const fate = fateOf(entries, entry.tells.mail_id);
  return (
    <article class="mail-card" aria-label={t("console-mail-card")} data-state={fate.state}>
      <header class="mail-card-head">
        <Icon of={Mail} />
        <span class="mail-card-author">{actorOf(entry, desk.technician.id)}</span>
        <span class="mail-card-to">{t("console-mail-card-to", { email: mail.to })}</span>
        <Time at={entry.time} as="clock" />
      </header>
      <p class="mail-card-subject" dir="auto">
        {mail.subject}
      </p>
      <p class="mail-card-text" dir="auto">
        <Text text={mail.text} />
      </p>
      <FateLine fate={fate} />
      {item && fate.state === "failed" && <WriteAgain desk={desk} item={item} mail={mail} />}
    </article>
  );
}

/** In words that promise no more than is known. */
function FateLine({ fate }: { fate: Fate }) {
  const { state, reason } = fate;
  return (
    <p class="mail-card-fate">
      <Icon of={MAIL_SIGNS[state]} />
      <span>
        {t(`console-mail-fate-${state}`)}{" "}
        {state !== "accepted" && reason && <small class="code">{reason}</small>}
      </span>
    </p>
  );
}

/** What was written need not be typed again, unless something else is being written by now. */
function WriteAgain({ desk, item, mail }: { desk: Desk; item: Case; mail: FollowUpText }) {
  const again = () => {
    const form = mailFormOf(desk.technician.id, item);
    if (form.blank) form.write({ subject: mail.subject, text: mail.text });
    startMail(item);
  };
  return (
    <p class="mail-card-next">
      <Button icon={PenLine} onClick={again}>
        {t("console-mail-again")}
      </Button>
    </p>
  );
}
