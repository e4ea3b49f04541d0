import { Mail, MailOpen, X } from "lucide";
import { useEffect } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { formatRoute } from "../route";
import type { Entry } from "./inbox";
import { follow } from "./place";
import { entryText, signOf } from "./words";

interface EntryProps {
  desk: Desk;
  entry: Entry;
}

/** One line: what happened, whose case it is, and what a note says. A link, so that it opens in a tab of its own too. */
export function InboxEntry({ desk, entry }: EntryProps) {
  const words = desk.inboxWords.of(entry);
  useEffect(() => desk.inboxWords.wish(entry), [desk, entry]);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    follow(desk, entry);
  };
  return (
    <li class="inbox-item" data-unread={!entry.read} data-testid="inbox-entry">
      <a
        class="inbox-link"
        href={formatRoute({ caseId: entry.case_id, list: "all" })}
        onClick={open}
      >
        <span class="inbox-sign" data-kind={entry.kind}>
          <Icon of={signOf(entry)} />
        </span>
        <span class="inbox-what">
          {!entry.read && <span class="visually-hidden">{t("console-inbox-unread")} </span>}
          {entryText(entry)}
        </span>
        <Time at={entry.time} />
        <span class="inbox-case" dir="auto">
          {words?.customer} <span class="case-number">#{entry.number}</span>
        </span>
        {words?.note && (
          <span class="inbox-note" dir="auto">
            <span>{words.note}</span>
          </span>
        )}
      </a>
      <Actions desk={desk} entry={entry} />
    </li>
  );
}

function Actions({ desk, entry }: EntryProps) {
  const mark = t(entry.read ? "console-inbox-mark-unread" : "console-inbox-mark-read");
  const remove = t("console-inbox-remove");
  return (
    <span class="inbox-acts">
      <IconButton
        icon={entry.read ? Mail : MailOpen}
        label={mark}
        onClick={() => desk.inbox.mark(entry, !entry.read)}
      />
      <IconButton icon={X} label={remove} onClick={() => desk.inbox.remove(entry)} />
    </span>
  );
}
