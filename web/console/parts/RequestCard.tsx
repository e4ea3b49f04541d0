import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { mailtoOf } from "../mailto";
import { type Case, customerName, questionOf } from "../model";
import { typeName, typeSign } from "./CaseType";

/** The pane in request mode (S47): what was asked, by whom, and when, as one would read a letter. */
export function RequestPane({ item, lines, subject, files, children }: RequestPaneProps) {
  const pane = useRef<HTMLDivElement>(null);
  // The newest is what one comes for, as in a conversation.
  useEffect(() => {
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  }, [item.id, lines]);
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div class="pane-scroll request-pane" tabIndex={0} ref={pane}>
      <RequestCard item={item} {...(subject && { subject })} files={files} />
      {children}
    </div>
  );
}

interface RequestCardProps {
  item: Case;
  /** Of a mail: what stands over it. */
  subject?: string;
  /** Of a mail: what hangs on it. */
  files?: ComponentChildren;
}

interface RequestPaneProps extends RequestCardProps {
  /** How much has happened since. */
  lines: number;
  children?: ComponentChildren;
}

/** Nothing where a chat was left without a word: what was written in it says everything. */
export function RequestCard({ item, subject, files }: RequestCardProps) {
  const question = questionOf(item);
  if (question === null) return null;
  return (
    <section class="request-card" aria-label={typeName(item)}>
      <header class="request-head">
        <span class="request-sign">
          <Icon of={typeSign(item)} />
        </span>
        <div class="request-from">
          <p class="request-name" dir="auto">
            {customerName(item)}
          </p>
          <EmailLink item={item} />
        </div>
        <span class="request-time">
          <Time at={item.requested_at ?? item.created_at} />
        </span>
      </header>
      {subject && (
        <p class="request-subject" dir="auto">
          {subject}
        </p>
      )}
      <p class="request-question" dir="auto">
        <Text text={question} />
      </p>
      {files}
    </section>
  );
}

/** The address as a link to a new mail, or that there is none. */
export function EmailLink({ item }: { item: Case }) {
  const { email } = item.customer;
  if (!email) return <span class="email-none">{t("console-email-none")}</span>;
  return <a href={mailtoOf(item)}>{email}</a>;
}
