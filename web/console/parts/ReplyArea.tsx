import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Composer } from "../../shared/components/Composer";
import { t } from "../../shared/i18n";
import type { Chat } from "../chats";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { type Case, customerName } from "../model";
import { press, replyTo } from "../press";

interface ReplyAreaProps {
  desk: Desk;
  item: Case;
  chat: Chat;
}

/** Where a reply is written, or why none can be and what to do about it. */
export function ReplyArea({ desk, item, chat }: ReplyAreaProps) {
  const { conversation } = chat;
  const area = useReplyFocus(item.id);
  const ended = !item.live || conversation.state.value === "ended";
  const mine = item.state === "assigned" && item.assignee?.id === desk.technician.id;
  if (ended) return <EndedHint item={item} />;
  if (item.state === "unassigned") return <AssignHint desk={desk} item={item} />;
  if (!mine) return <Hint>{t("console-hint-other", { name: item.assignee?.name ?? "" })}</Hint>;
  const name = customerName(item);
  return (
    <footer class="reply" ref={area}>
      <ConnectionLine desk={desk} unsent={conversation.unsent.value.length} />
      <Composer
        key={item.id}
        draft={item.id}
        label={t("console-reply-label", { name })}
        placeholder={t("console-reply-placeholder", { name: short(item.customer.first_name) })}
        onSend={(text) => conversation.send(text)}
        onTyping={(on) => conversation.noteTyping(on)}
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
    field.focus();
    replyTo.value = null;
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
      {t("console-hint-assign")}
      {layout.value !== "wide" && (
        <Button kind="primary" onClick={() => press(desk, item, "assign")}>
          {t("console-action-assign")}
        </Button>
      )}
    </Hint>
  );
}

function EndedHint({ item }: { item: Case }) {
  const { email } = item.customer;
  return (
    <Hint>
      <span>
        {t("console-hint-ended")} <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
      </span>
    </Hint>
  );
}

function Hint({ children }: { children: ComponentChildren }) {
  return <footer class="reply reply-hint">{children}</footer>;
}
