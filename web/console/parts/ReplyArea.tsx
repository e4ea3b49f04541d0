import { Lock, Mail } from "lucide";
import type { ComponentChildren } from "preact";
import { Button } from "../../shared/components/Button";
import { Composer } from "../../shared/components/Composer";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Chat } from "../chats";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { MailComposer } from "../mailing/MailComposer";
import { type Case, customerName, isIncoming, wasChat } from "../model";
import { press } from "../press";
import { NoteComposer } from "./NoteComposer";
import { choose, waysOf, type Writing, writingOf } from "../writing";
import { useReplyFocus } from "./useReplyFocus";

interface ReplyAreaProps {
  desk: Desk;
  item: Case;
  /** Undefined for a request that never was a chat. */
  chat: Chat | undefined;
}

/** A reply, a mail, or a private note: where it will go is said by the tab and by the tone of the paper. */
export function ReplyArea(props: ReplyAreaProps) {
  const { desk, item, chat } = props;
  const ways = waysOf(item, chat);
  const shown = writingOf(item, chat);
  const tab = (way: Writing, index: number) => ({
    role: "tab" as const,
    type: "button" as const,
    class: "reply-tab",
    "aria-selected": shown === way,
    tabIndex: shown === way ? 0 : -1,
    onClick: () => choose(item, way),
    onKeyDown: (event: KeyboardEvent) => {
      const step = { ArrowLeft: ways.length - 1, ArrowRight: 1 }[event.key];
      if (!step) return;
      const next = (index + step) % ways.length;
      choose(item, ways[next] ?? way);
      const tabs = (event.currentTarget as HTMLElement).parentElement?.querySelectorAll("button");
      tabs?.[next]?.focus();
    },
  });
  return (
    <div class="reply-area" data-note={shown === "note"}>
      <div class="reply-tabs" role="tablist" aria-label={t("console-write")}>
        {ways.map((way, index) => (
          <button key={way} {...tab(way, index)}>
            {way === "reply" && t("console-reply")}
            {way === "mail" && <Icon of={Mail} />}
            {way === "mail" && t("console-mail-tab")}
            {way === "note" && <Icon of={Lock} />}
            {way === "note" && t("console-note")}
          </button>
        ))}
      </div>
      {shown === "note" && <NoteComposer key={item.id} desk={desk} item={item} />}
      {shown === "mail" && <MailOrHint key={item.id} {...props} />}
      {shown === "reply" && chat && <ReplyOrHint desk={desk} item={item} chat={chat} />}
    </div>
  );
}

/** Where a reply is written, or why none can be and what to do about it. */
function ReplyOrHint({ desk, item, chat }: ReplyAreaProps & { chat: Chat }) {
  if (isIncoming(item)) return <AssignHint desk={desk} item={item} />;
  if (isOthers(desk, item)) return <OthersHint item={item} />;
  return <Reply desk={desk} item={item} chat={chat} />;
}

/** Nobody sits behind a request, or a chat that is over: its answer is a mail (S31). */
function MailOrHint({ desk, item }: ReplyAreaProps) {
  if (!item.customer.email)
    return (
      <Hint>
        {t(wasChat(item) ? "console-hint-ended-no-email" : "console-hint-request-no-email")}
      </Hint>
    );
  return (
    <>
      {isOthers(desk, item) && (
        <p class="mail-context">{t("console-hint-other", { name: item.assignee?.name ?? "" })}</p>
      )}
      <MailComposer desk={desk} item={item} />
    </>
  );
}

function isOthers(desk: Desk, item: Case): boolean {
  return item.state === "assigned" && item.assignee?.id !== desk.technician.id;
}

function OthersHint({ item }: { item: Case }) {
  return <Hint>{t("console-hint-other", { name: item.assignee?.name ?? "" })}</Hint>;
}

function Reply({ desk, item, chat }: ReplyAreaProps & { chat: Chat }) {
  const { conversation } = chat;
  const area = useReplyFocus(item.id);
  const name = customerName(item);
  return (
    <footer class="reply" ref={area}>
      <ConnectionLine desk={desk} unsent={conversation.unsent.value.length} />
      <Composer
        key={item.id}
        // Colleagues may sign in at the same browser.
        draft={`${desk.technician.id}.${item.id}`}
        label={t("console-reply-label", { name })}
        placeholder={t("console-reply-placeholder", { name: short(item.customer.first_name) })}
        onSend={(text) => conversation.send(text)}
        onTyping={(on) => {
          conversation.noteTyping(on);
          desk.presence.noteTyping(on);
        }}
      />
    </footer>
  );
}

/** A placeholder has one line. */
function short(name: string): string {
  return name.length > 30 ? `${name.slice(0, 29)}…` : name;
}

function ConnectionLine({ desk, unsent }: { desk: Desk; unsent: number }) {
  if (desk.socket.state.value === "online") return null;
  return (
    <p class="connection-line" role="status">
      {t(unsent > 0 ? "connection-unsent" : "connection-trying")}
    </p>
  );
}

function AssignHint({ desk, item }: { desk: Desk; item: Case }) {
  return (
    <Hint>
      {t("console-hint-assign")}
      {layout.value !== "wide" && (
        <Button kind="primary" onClick={() => press(desk, item, "assign")}>
          {t("console-action-assign")}
        </Button>
      )}
    </Hint>
  );
}

function Hint({ children }: { children: ComponentChildren }) {
  return <footer class="reply reply-hint">{children}</footer>;
}
