/** What the chat page says beside the messages: where things stand and what comes next. */
import { CircleCheck, MessageCircle, WifiOff } from "lucide";
import { errorText } from "../shared/api";
import { Button } from "../shared/components/Button";
import { Icon } from "../shared/components/Icon";
import { Skeleton } from "../shared/components/Skeleton";
import { Elapsed } from "../shared/components/Time";
import { t } from "../shared/i18n";
import type { Chat } from "./chat";

/** Says so when nothing can come through, and whether something of the customer's is waiting. */
export function ConnectionLine({ chat }: { chat: Chat }) {
  const offline = chat.socket.state.value === "offline" && chat.phase.value !== "lost";
  const waiting = chat.conversation.unsent.value.some((item) => !item.refused);
  const refusal = chat.socket.refusal.value;
  const trying = t(waiting ? "connection-unsent" : "connection-trying");
  return (
    <p class="connection" role="status">
      {offline && (
        <span class="connection-line">
          <Icon of={WifiOff} />
          {refusal ? errorText(refusal.code, refusal.params) : trying}
        </span>
      )}
    </p>
  );
}

export function PhaseNote({ chat, onStartAgain }: { chat: Chat; onStartAgain: () => void }) {
  switch (chat.phase.value) {
    case "asking":
      return <Welcome name={chat.visit.first_name} />;
    case "waiting":
      return <Waiting since={chat.askedAt.value ?? ""} />;
    case "over":
      return <Over onStartAgain={onStartAgain} />;
    default:
      return null;
  }
}

function Welcome({ name }: { name: string }) {
  return (
    <div class="empty chat-welcome">
      <Icon of={MessageCircle} />
      <h2 class="empty-title">{t("chat-empty-title", { name })}</h2>
      <p>{t("chat-empty-text")}</p>
    </div>
  );
}

function Waiting({ since }: { since: string }) {
  return (
    <div class="waiting">
      <span class="waiting-pulse" aria-hidden="true" />
      <div class="waiting-words" role="status">
        <p class="waiting-title">{t("chat-waiting-title")}</p>
        <p>{t("chat-waiting-text")}</p>
      </div>
      {/* Outside of the live region: nobody wants every second read aloud. */}
      <p class="waiting-time">
        {t("chat-waiting-time")} <Elapsed since={since} />
      </p>
    </div>
  );
}

function Over({ onStartAgain }: { onStartAgain: () => void }) {
  return (
    <div class="empty chat-over">
      <Icon of={CircleCheck} />
      <h2 class="empty-title">{t("chat-over-title")}</h2>
      <p>{t("chat-over-text")}</p>
      <Button kind="primary" size="large" onClick={onStartAgain}>
        {t("chat-over-new")}
      </Button>
    </div>
  );
}

/** Before the first answer, and when there will be none. */
export function Unopened({ lost, onStartAgain }: { lost: boolean; onStartAgain: () => void }) {
  if (lost)
    return (
      <div class="empty chat-over">
        <Icon of={MessageCircle} />
        <h2 class="empty-title">{t("chat-lost-title")}</h2>
        <p>{t("chat-lost-text")}</p>
        <Button kind="primary" size="large" onClick={onStartAgain}>
          {t("chat-over-new")}
        </Button>
      </div>
    );
  return (
    <div class="chat-loading" aria-busy="true">
      <p class="visually-hidden" role="status">
        {t("portal-loading")}
      </p>
      <Skeleton width="56%" height="44px" />
      <Skeleton width="40%" height="44px" />
      <Skeleton width="62%" height="64px" />
    </div>
  );
}
