import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { MailView as Mail } from "../../shared/generated/rest";
import { MAIL_SIGNS } from "./CaseMails";

interface MailProgressProps {
  /** Null until the service of mails has heard of it. */
  mail: Mail | null;
  /** To whom, until the mail itself says it. */
  recipient: string;
}

/** Where a mail is on its way, in words that promise no more than is known. */
export function MailProgress({ mail, recipient }: MailProgressProps) {
  const state = mail?.state ?? "requested";
  // Asked for and being sent are one thing to who waits for it.
  const words = state === "sending" ? "requested" : state;
  const reason = state === "accepted" ? "" : (mail?.reason ?? "");
  return (
    <div class="mail-progress" role="status" data-state={state}>
      <Icon of={MAIL_SIGNS[state]} />
      <div>
        <p class="mail-progress-title">
          {t(`console-sending-${words}`, { recipient: mail?.recipient ?? recipient })}
        </p>
        <p>
          {t(`console-sending-${words}-text`)} {reason && <small class="code">{reason}</small>}
        </p>
      </div>
    </div>
  );
}
