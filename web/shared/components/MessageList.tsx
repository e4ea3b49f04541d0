import { ArrowDown, Bot } from "lucide";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Conversation } from "../conversation";
import { t } from "../i18n";
import { formatDay } from "../time";
import type { Entry, Participant } from "../wire";
import { Announcer } from "./Announcer";
import { Avatar } from "./Avatar";
import { Bubble, UnsentBubble } from "./Bubble";
import { deletedText, speakerOf } from "./bot";
import { useFollowing, useReading } from "./following";
import { type Aside, groupEntries, type Row } from "./grouping";
import { Icon } from "./Icon";
import { Time } from "./Time";
import "./messages.css";

export interface MessageListProps {
  conversation: Conversation;
  /** The sentence of an activity line; viewers differ in what they call each other. */
  activity: (entry: Entry) => string;
  /** Stands under the messages: what a first visit or a wait has to say. */
  children?: ComponentChildren;
  /** What stands between the messages without being in the log, in order, and how each is shown. */
  asides?: readonly Aside[];
  showAside?: (aside: Aside) => ComponentChildren;
  /** Names next to bubbles of others; off where there is only one other. */
  showAvatars?: boolean;
  /** An entry as it is shown while a change of it is on its way. */
  asShown?: (entry: Entry) => Entry;
  /** What can be done with a message, beside its bubble. */
  menu?: (entry: Entry) => ComponentChildren;
}

/** The conversation, following its end as long as the viewer is there. */
export function MessageList(props: MessageListProps) {
  const { conversation, children } = props;
  const entries = conversation.entries.value;
  const unsent = conversation.unsent.value;
  const { box, content, atEnd, toEnd } = useFollowing(unsent.length);
  useReading(conversation, atEnd);
  const { asides } = props;
  const rows = useMemo(() => groupEntries(entries, asides), [entries, asides]);
  return (
    <div class="messages-frame">
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard. */}
      <section class="messages" ref={box} aria-label={t("conversation")} tabIndex={0}>
        <div class="messages-content" ref={content}>
          <ol class="messages-rows">
            {rows.map((row) => (
              <li key={row.key} class={`row row-${row.kind}`}>
                <RowContent row={row} {...props} />
              </li>
            ))}
            {unsent.map((item) => (
              <li key={item.client_id} class="row row-messages">
                <UnsentBubble item={item} conversation={conversation} />
              </li>
            ))}
          </ol>
          <TypingLine who={conversation.typing.value} />
          {children}
        </div>
      </section>
      {!atEnd && (
        <button type="button" class="button messages-jump" onClick={toEnd}>
          <Icon of={ArrowDown} />
          {t("jump-to-newest")}
        </button>
      )}
      <Announcer conversation={conversation} activity={props.activity} />
    </div>
  );
}

function RowContent({ row, ...props }: MessageListProps & { row: Row }) {
  if (row.kind === "day") return <span class="row-line">{formatDay(row.time)}</span>;
  if (row.kind === "aside") return <>{props.showAside?.(row.aside)}</>;
  if (row.kind === "activity") return <ActivityLine entry={row.entry} activity={props.activity} />;
  return <Group row={row} {...props} />;
}

function ActivityLine({ entry, activity }: { entry: Entry; activity: (entry: Entry) => string }) {
  return (
    <span class="row-line">
      {activity(entry)} · <Time at={entry.time} as="clock" />
    </span>
  );
}

function unchanged(entry: Entry): Entry {
  return entry;
}

function Group(props: MessageListProps & { row: Row }) {
  const { row, conversation, showAvatars = true, menu, asShown = unchanged } = props;
  if (row.kind !== "messages") return null;
  const mine = conversation.isMine(row.author);
  const ours = conversation.isOurSide(row.author);
  const automatic = row.author.kind === "system";
  const name = speakerOf(row.author);
  return (
    <div class={`group ${ours ? "group-mine" : "group-theirs"} ${automatic ? "group-bot" : ""}`}>
      {!ours && showAvatars && <Avatar name={name} icon={automatic ? Bot : undefined} />}
      <div class="group-body">
        <p class="group-head">
          <span class={mine ? "visually-hidden" : "group-name"}>{mine ? t("you") : name}</span>
          <Time at={row.time} as="clock" />
        </p>
        {row.entries.map(asShown).map((entry, index) => (
          <Bubble
            key={entry.id}
            entry={entry}
            delivery={
              mine && index === row.entries.length - 1 ? conversation.delivery(entry) : null
            }
            deleted={
              entry.deleted && deletedText(entry.deleted.by, conversation.isMine(entry.deleted.by))
            }
            menu={entry.kind === "message" && menu?.(entry)}
          />
        ))}
      </div>
    </div>
  );
}

function TypingLine({ who }: { who: readonly Participant[] }) {
  const name = who[0]?.name;
  return (
    <p class="typing" data-on={who.length > 0}>
      {who.length > 0 && (
        <>
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {name ? t("typing", { name }) : t("typing-somebody")}
        </>
      )}
    </p>
  );
}
