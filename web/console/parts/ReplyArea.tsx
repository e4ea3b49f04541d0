import { Lock, Mail } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Composer } from "../../shared/components/Composer";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Chat } from "../chats";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { mailtoOf } from "../mailto";
import { type Case, customerName, isIncoming } from "../model";
import { press, replyTo } from "../press";
import { NoteComposer } from "./NoteComposer";
import { noting } from "../writing";
import { EmailLink } from "./RequestCard";

interface ReplyAreaProps {
  desk: Desk;
  item: Case;
  /** Undefined for a request that never was a chat. */
  chat: Chat | undefined;
}

/** A reply, or a private note: where it will go is said by the tab and by the tone of the paper. */
export function ReplyArea(props: ReplyAreaProps) {
  const { desk, item } = props;
  const tab = (note: boolean) => ({
    role: "tab" as const,
    type: "button" as const,
    class: "reply-tab",
    "aria-selected": noting.value === note,
    tabIndex: noting.value === note ? 0 : -1,
    onClick: () => {
      noting.value = note;
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      noting.value = !noting.value;
      const tabs = (event.currentTarget as HTMLElement).parentElement?.querySelectorAll("button");
      tabs?.[noting.value ? 1 : 0]?.focus();
    },
  });
  return (
    <div class="reply-area" data-note={noting.value}>
      <div class="reply-tabs" role="tablist" aria-label={t("console-write")}>
        <button {...tab(false)}>{t("console-reply")}</button>
        <button {...tab(true)}>
          <Icon of={Lock} />
          {t("console-note")}
        </button>
      </div>
      {noting.value ? (
        <NoteComposer key={item.id} desk={desk} item={item} />
      ) : (
        <ReplyOrHint {...props} />
      )}
    </div>
  );
}

/** Where a reply is written, or why none can be and what to do about it. */
function ReplyOrHint({ desk, item, chat }: ReplyAreaProps) {
  const others = item.state === "assigned" && item.assignee?.id !== desk.technician.id;
  const request = item.type !== "live_chat" || !chat;
  const ended = !item.live || chat?.conversation.state.value === "ended";
  if (!request && ended) return <EndedHint item={item} />;
  if (isIncoming(item)) return <AssignHint desk={desk} item={item} />;
  if (others) return <Hint>{t("console-hint-other", { name: item.assignee?.name ?? "" })}</Hint>;
  if (request) return <MailHint item={item} />;
  return <Reply desk={desk} item={item} chat={chat} />;
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

function useReplyFocus(id: string) {
  const area = useRef<HTMLElement>(null);
  const wanted = replyTo.value === id;
  useEffect(() => {
    const field = area.current?.querySelector("textarea");
    if (!wanted || !field) return;
    replyTo.value = null;
    // Whoever types somewhere else by now goes on typing there.
    if (!document.activeElement?.matches("input, textarea")) field.focus();
  });
  return area;
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
      {t(item.type !== "live_chat" ? "console-hint-assign-request" : "console-hint-assign")}
      {layout.value !== "wide" && (
        <Button kind="primary" onClick={() => press(desk, item, "assign")}>
          {t("console-action-assign")}
        </Button>
      )}
    </Hint>
  );
}

function EndedHint({ item }: { item: Case }) {
  if (!item.customer.email) return <Hint>{t("console-hint-ended-no-email")}</Hint>;
  return (
    <Hint>
      <span>
        {t("console-hint-ended")} <EmailLink item={item} />
      </span>
    </Hint>
  );
}

/** Nobody sits behind a request: its answer is a mail (S31). */
function MailHint({ item }: { item: Case }) {
  if (!item.customer.email) return <Hint>{t("console-hint-request-no-email")}</Hint>;
  return (
    <Hint>
      {t("console-hint-request")}
      <a class="button button-primary" href={mailtoOf(item)}>
        <Icon of={Mail} />
        {t("console-write-mail")}
      </a>
    </Hint>
  );
}

function Hint({ children }: { children: ComponentChildren }) {
  return <footer class="reply reply-hint">{children}</footer>;
}
