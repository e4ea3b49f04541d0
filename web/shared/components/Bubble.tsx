import { Check, CheckCheck, CircleAlert, Clock, type IconNode } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { errorText } from "../api";
import type { Conversation, Delivery } from "../conversation";
import { t } from "../i18n";
import type { Unsent } from "../outbox";
import type { Entry } from "../wire";
import { textOf } from "./bot";
import { Icon } from "./Icon";
import { Text } from "./Text";

const TICKS: Record<Delivery, IconNode> = {
  waiting: Clock,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
};

/** From when on a message that nobody has acknowledged is said to be late in words, in milliseconds. */
const OVERDUE = 3_000;

interface BubbleProps {
  entry: Entry;
  /** How far it came, on the last of my own; null on all others. */
  delivery: Delivery | null;
  /** What stands in place of a deleted message. */
  deleted?: string | undefined;
  /** What can be done with the message. */
  menu?: ComponentChildren;
}

export function Bubble({ entry, delivery, deleted, menu }: BubbleProps) {
  if (deleted !== undefined) {
    return (
      <div class="bubble-line" data-testid={entry.kind}>
        <p class="bubble bubble-deleted">{deleted}</p>
      </div>
    );
  }
  return (
    <div class="bubble-line" data-testid={entry.kind}>
      <div class="bubble-row">
        <div class="bubble">
          <Text text={textOf(entry)} />
        </div>
        {menu}
      </div>
      {entry.late && <p class="bubble-note">{t("message-late")}</p>}
      {delivery === "waiting" ? <OnItsWay /> : delivery && <Ticks delivery={delivery} />}
    </div>
  );
}

function Ticks({ delivery }: { delivery: Delivery }) {
  return (
    <span class={`ticks ticks-${delivery}`} title={t(`delivery-${delivery}`)}>
      <Icon of={TICKS[delivery]} label={t(`delivery-${delivery}`)} />
    </span>
  );
}

/** A message that only this browser has so far. */
export function UnsentBubble({ item, conversation }: { item: Unsent; conversation: Conversation }) {
  return (
    <div class="group group-mine">
      <div class="group-body">
        <div class={`bubble-line ${item.refused ? "bubble-refused" : ""}`} data-testid="message">
          <div class="bubble">
            <Text text={item.text} />
          </div>
          {item.refused ? <Refused item={item} conversation={conversation} /> : <OnItsWay />}
        </div>
      </div>
    </div>
  );
}

/** Usually gone before one can read it; when the desk cannot take it, the words say that nothing is to be done. */
function OnItsWay() {
  const [overdue, setOverdue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOverdue(true), OVERDUE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p class="on-its-way" role="status">
      {overdue && t("message-overdue")}
      <Ticks delivery="waiting" />
    </p>
  );
}

function Refused({ item, conversation }: { item: Unsent; conversation: Conversation }) {
  const { code, params } = item.refused ?? { code: "internal", params: {} };
  return (
    <div class="bubble-error" role="alert">
      <p>
        <Icon of={CircleAlert} />
        <span>
          {t("message-not-sent")} {errorText(code, params)} <small>{code}</small>
        </span>
      </p>
      <div class="bubble-choices">
        <button type="button" class="link" onClick={() => conversation.retry(item.client_id)}>
          {t("try-again")}
        </button>
        <button type="button" class="link" onClick={() => conversation.discard(item.client_id)}>
          {t("discard")}
        </button>
      </div>
    </div>
  );
}
