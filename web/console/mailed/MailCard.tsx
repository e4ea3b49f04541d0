import "../styles/mailed.css";
import { Bot, Mail, UserRoundX } from "lucide";
import { useEffect } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { TimelineEntry } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { MailFiles } from "./MailFiles";

/** A mail that came into the case, where it came: who is under From, what is new in it, and what hangs on it. */
export function MailCard({ desk, entry }: { desk: Desk; entry: TimelineEntry }) {
  const { mail, tells } = entry;
  const caseId = caseOf(desk, entry);
  const mailId = String(tells.mail_id);
  const known = desk.received.find(caseId, mailId);
  const count = desk.timeline.entries.value.filter(({ type }) => type === "case.mailed").length;
  useEffect(() => void desk.received.read(caseId, count), [desk, caseId, count]);
  if (!mail) return null;
  return (
    <article class="mailed-card" aria-label={t("mailed-from", { name: mail.name || mail.address })}>
      <header class="mailed-head">
        <Icon of={Mail} />
        <div class="mailed-from">
          <p class="mailed-name" dir="auto">
            {mail.name || mail.address}
          </p>
          {mail.name && <p class="mailed-address">{mail.address}</p>}
        </div>
        <span class="mailed-time">
          <Time at={entry.time} />
        </span>
      </header>
      {mail.subject && (
        <p class="mailed-subject" dir="auto">
          {mail.subject}
        </p>
      )}
      {tells.automatic === true && <Mark sign={Bot} words={t("mailed-automatic")} />}
      {tells.from_customer === false && (
        <Mark sign={UserRoundX} words={t("mailed-other-sender")} warns />
      )}
      <p class="mailed-text" dir="auto">
        {mail.text ? <Text text={mail.text} /> : <em>{t("mailed-no-text")}</em>}
      </p>
      {known && <MailFiles desk={desk} mail={known} />}
    </article>
  );
}

/** The case on screen, or the one merged into it in which the mail came. */
function caseOf(desk: Desk, { id }: TimelineEntry): string {
  const merged = [...desk.linkedTimelines.entries.value].find(([, entries]) =>
    entries.some((entry) => entry.id === id),
  );
  return merged?.[0] ?? desk.selected.value?.id ?? "";
}

interface MarkProps {
  sign: typeof Bot;
  words: string;
  warns?: boolean;
}

function Mark({ sign, words, warns = false }: MarkProps) {
  return (
    <p class="mailed-mark" data-warns={warns}>
      <Icon of={sign} />
      {words}
    </p>
  );
}

/** Of a case that began with a mail: its subject over what was asked, and under it what hangs on it. */
export function OpeningFiles({ desk, item }: { desk: Desk; item: Case }) {
  const mail = desk.received.opening(item.id);
  useEffect(() => {
    if (item.type === "email") void desk.received.read(item.id, 0);
  }, [desk, item.id, item.type]);
  return mail ? <MailFiles desk={desk} mail={mail} /> : null;
}
