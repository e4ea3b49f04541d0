/** The history of a case as one reads it: its events, and the mails that were sent because of it, the newest first. */
import { t } from "../shared/i18n";
import type { MailView, TimelineEntry } from "../shared/generated/rest";

export interface Dated {
  entry: TimelineEntry;
  /** Of the case it happened to, where that is another one: it was merged into this. */
  number: number | null;
}

export interface PastLine extends Partial<Dated> {
  id: string;
  time: string;
  mail?: MailView;
}

/** The newest first. Sorting keeps the order of equals: `events` come in that of their versions, newest first. */
export function historyOf(
  events: readonly Dated[],
  mails: readonly MailView[],
): readonly PastLine[] {
  const happened: PastLine[] = events.map((one) => ({
    ...one,
    id: one.entry.id,
    time: one.entry.time,
  }));
  const sent: PastLine[] = mails.map((mail) => ({ id: mail.mail_id, time: mail.changed_at, mail }));
  return [...happened, ...sent].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/** Which mail, to whom, and what became of it. */
export function mailText(mail: MailView): string {
  const kind = t(`console-mail-${mail.kind}`);
  const state =
    mail.reason === "no_address"
      ? t("console-mail-no-address")
      : t(`console-mail-state-${mail.state}`);
  const words = mail.recipient ? "console-did-mail-to" : "console-did-mail";
  return t(words, { kind, state, to: mail.recipient });
}
