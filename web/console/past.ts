/** The history of a case as one reads it: its events, and the mails that were sent because of it, the newest first. */
import { t } from "../shared/i18n";
import type { CustomerCase, MailView, TimelineEntry } from "../shared/generated/rest";
import type { Entry } from "../shared/wire";

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

/** A moment that one can go back to: something happened to the case, or was said in its conversation. */
export interface Moment {
  id: string;
  time: string;
  /** Of the case at that moment. */
  version: number;
  event?: TimelineEntry;
  said?: Entry;
}

/** What is said is a moment of its own; what chat derives from the case's events is one of them already. */
const SAID: ReadonlySet<Entry["kind"]> = new Set(["message", "bot", "contact", "deleted"]);

/** Every moment, the oldest first; where a message and an event are of one time, the message set the event off. */
export function momentsOf(
  events: readonly TimelineEntry[],
  said: readonly Entry[],
): readonly Moment[] {
  const happened: Moment[] = events.map((event) => ({
    id: event.id,
    time: event.time,
    version: event.version,
    event,
  }));
  const spoken = said
    .filter(({ kind }) => SAID.has(kind))
    .map((entry) => ({ id: entry.id, time: entry.time, version: 0, said: entry }));
  let version = events[0]?.version ?? 1;
  return [...spoken, ...happened]
    .sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
    .map((moment) => {
      version = Math.max(version, moment.version);
      return { ...moment, version };
    });
}

/** What was said at a moment, in a few words. */
export function saidText(entry: Entry): string {
  const name = entry.author.kind === "system" ? t("bot-name") : entry.author.name;
  if (entry.kind === "contact") return t("console-contact-given", { name });
  if (entry.kind === "deleted") return t("console-said-deleted", { name });
  return t("console-said", { name });
}

/** Whether it began without a page of its customer: with a mail, or a technician made it (S43). */
export function beganElsewhere({ type }: CustomerCase, first: TimelineEntry | undefined): boolean {
  const made = first?.type === "case.opened" && first.by === "technician";
  return made || type === "email" || type === "call";
}

/** Where the customer's page stood: what it asked for or told of, beside the conversation. */
export function pageOfCustomer(
  page: CustomerCase,
  entries: readonly Entry[],
  elsewhere = false,
): string {
  if (elsewhere && !page.email_known) return t("console-saw-none");
  if (page.survey === "answered")
    return t("console-saw-rated", { rating: t(`survey-rating-${page.rating ?? 3}`) });
  if (page.survey === "open") return t("console-saw-survey");
  if (page.state === "resolved") return t("console-saw-resolved");
  if (!page.live)
    return t(elsewhere ? "console-saw-link" : "console-saw-request", {
      number: String(page.number),
    });
  if (page.state === "assigned") return t("console-saw-talking");
  const asked = entries.some(
    ({ kind, author }) => kind === "message" && author.kind === "customer",
  );
  return t(asked ? "console-saw-waiting" : "console-saw-asking");
}

const MAIL_KINDS: ReadonlySet<string> = new Set([
  "acknowledgement",
  "transcript",
  "survey",
  "follow_up",
  "escalation",
  "service_level",
]);

/** What a mail is; its kind is an open word, and a newer service may know more of them than this page. */
export function mailKindText(kind: string): string {
  return t(`console-mail-${MAIL_KINDS.has(kind) ? kind : "other"}`);
}

/** Which mail, to whom, who asked for it, and what became of it. */
export function mailText(mail: MailView, me: string): string {
  const state =
    mail.reason === "no_address"
      ? t("console-mail-no-address")
      : t(`console-mail-state-${mail.state}`);
  const said = { kind: mailKindText(mail.kind), state, to: mail.recipient };
  const { asked_by: by } = mail;
  if (!mail.recipient || !by)
    return t(mail.recipient ? "console-did-mail-to" : "console-did-mail", said);
  if (by.kind === "customer") return t("console-did-mail-by-customer", said);
  const name = by.name || t("console-somebody");
  return t("console-did-mail-by", {
    ...said,
    name: by.id === me ? t("console-you-name", { name }) : name,
  });
}
