import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation } from "../conversation";
import { t } from "../i18n";
import type { Entry } from "../wire";
import { deletedText, speakerOf, textOf } from "./bot";
import { isSaid } from "./grouping";

interface AnnouncerProps {
  conversation: Conversation;
  activity: (entry: Entry) => string;
}

/** Reads new entries of others aloud, once, and never the history. */
export function Announcer({ conversation, activity }: AnnouncerProps) {
  const heard = useRef<number | null>(null);
  const [words, setWords] = useState("");
  const complete = conversation.complete.value;
  const entries = conversation.entries.value;
  useEffect(() => {
    if (!complete) return;
    const since = heard.current;
    heard.current = entries.at(-1)?.seq ?? since ?? 0;
    if (since === null) return;
    const fresh = entries.filter(({ seq, author }) => seq > since && !conversation.isMine(author));
    if (fresh.length > 0) setWords(fresh.map((entry) => spoken(entry, activity)).join(" "));
  }, [entries, complete, conversation, activity]);
  return (
    <p class="visually-hidden" role="status">
      {words}
    </p>
  );
}

function spoken(entry: Entry, activity: (entry: Entry) => string): string {
  if (entry.kind === "deleted") return deletedText(entry.author, false);
  if (!isSaid(entry)) return activity(entry);
  return t("message-from", { name: speakerOf(entry.author), text: textOf(entry) });
}
