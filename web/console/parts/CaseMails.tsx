import {
  type IconNode,
  Mail as MailSign,
  MailCheck,
  MailQuestionMark,
  MailWarning,
  MailX,
} from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { MailView as Mail } from "../../shared/generated/rest";
import { isSettled } from "../../shared/transcripts";
import { Looking } from "../looking";
import type { Case } from "../model";
import { mailKindText } from "../past";
import { Unread } from "./Unread";

export const MAIL_SIGNS: Readonly<Record<Mail["state"], IconNode>> = {
  requested: MailSign,
  sending: MailSign,
  waiting: MailWarning,
  accepted: MailCheck,
  failed: MailX,
  unknown: MailQuestionMark,
};

/** The mails of the case on screen; looked for anew when the case changes in a way that may cause one. */
export function useMails(desk: Desk, item: Case): Looking<Mail> {
  const { id, state, requested_at, ended_at, rating, customer } = item;
  const news = desk.timeline.entries.value.filter(({ type }) => type.startsWith("case.follow"));
  const mails = useMemo(() => new Looking(() => desk.backend.mails(id), isSettled), [desk, id]);
  const causes = [state, requested_at, ended_at, rating, customer.email, news.length].join(" ");
  useEffect(() => {
    mails.refresh();
    return () => mails.stop();
  }, [mails, causes]);
  return mails;
}

/** Every mail about the case, with what became of it. */
export function MailSection({ mails }: { mails: Looking<Mail> }) {
  const known = mails.found.value;
  const failure = mails.failure.value;
  if (known.length === 0 && failure === null) return null;
  return (
    <section aria-label={t("console-mails")}>
      <h3 class="details-heading">{t("console-mails")}</h3>
      {known.length === 0 && <Unread error={failure} asked onRetry={() => mails.refresh()} />}
      <ol class="mails">
        {known.map((mail) => (
          <MailLine key={mail.mail_id} mail={mail} />
        ))}
      </ol>
    </section>
  );
}

function MailLine({ mail }: { mail: Mail }) {
  return (
    <li class="mail" data-state={mail.state} data-testid="mail">
      <Icon of={MAIL_SIGNS[mail.state]} />
      <div class="mail-words">
        <p class="mail-kind">
          {mailKindText(mail.kind)}
          <Time at={mail.changed_at} />
        </p>
        {mail.recipient && <p class="mail-recipient">{mail.recipient}</p>}
        <p class="mail-state">
          {mail.reason === "no_address"
            ? t("console-mail-no-address")
            : t(`console-mail-state-${mail.state}`)}
          {mail.state !== "accepted" && mail.reason && <small class="code">{mail.reason}</small>}
        </p>
      </div>
    </li>
  );
}
