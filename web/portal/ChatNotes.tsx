/** What the chat page says beside the messages: where things stand and what comes next. */
import { Mail, MessageCircle, WifiOff } from "lucide";
import { errorText } from "../shared/api";
import { Button } from "../shared/components/Button";
import { Icon } from "../shared/components/Icon";
import { Lazy } from "../shared/components/Lazy";
import { Skeleton } from "../shared/components/Skeleton";
import { Elapsed } from "../shared/components/Time";
import { t } from "../shared/i18n";
import type { Chat } from "./chat";
import { EmailAsk } from "./EmailAsk";
import { chatOver } from "./later";
import type { PortalPage } from "./page";

/** Stands for the link in a sentence until the sentence is taken apart there. */
const LINK = "\u0000";

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

export function PhaseNote({ chat, page }: { chat: Chat; page: PortalPage }) {
  return (
    <>
      {chat.asksEmail.value && <EmailAsk chat={chat} />}
      <Note chat={chat} page={page} />
    </>
  );
}

function Note({ chat, page }: { chat: Chat; page: PortalPage }) {
  switch (chat.phase.value) {
    case "asking":
      return <Welcome name={chat.visit.first_name} />;
    case "waiting":
      return <Waiting chat={chat} since={chat.askedAt.value ?? ""} />;
    case "over":
      return <Lazy load={chatOver} props={{ chat, page }} />;
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

function Waiting({ chat, since }: { chat: Chat; since: string }) {
  const offers = chat.offers.value;
  return (
    <div class="waiting">
      <span class="waiting-pulse" aria-hidden="true" />
      <div class="waiting-words" role="status">
        <p class="waiting-title">{t(offers ? "chat-offer-title" : "chat-waiting-title")}</p>
        <p>{t(offers ? "chat-offer-text" : "chat-waiting-text")}</p>
      </div>
      {/* Outside of the live region: nobody wants every second read aloud. */}
      <p class="waiting-time">
        {t("chat-waiting-time")} <Elapsed since={since} />
      </p>
      {offers ? <Offer chat={chat} /> : <Way chat={chat} />}
    </div>
  );
}

/** The way out of the wait, as a word of a sentence that each language builds in its own order. */
function Way({ chat }: { chat: Chat }) {
  const [before, after] = t("chat-waiting-leave", { here: LINK }).split(LINK);
  return (
    <p class="waiting-leave">
      {before}
      <button
        type="button"
        class="link"
        aria-label={t("chat-waiting-here-label")}
        onClick={() => chat.leaving.begin()}
      >
        {t("chat-waiting-here")}
      </button>
      {after}
    </p>
  );
}

function Offer({ chat }: { chat: Chat }) {
  return (
    <div class="waiting-offer">
      <Button kind="primary" icon={Mail} onClick={() => chat.leaving.begin()}>
        {t("chat-offer-leave")}
      </Button>
      <Button onClick={() => chat.leaving.decline()}>{t("chat-offer-wait")}</Button>
    </div>
  );
}

/** Before the first answer, and when there will be none. */
export function Unopened({ chat, onStartAgain }: { chat: Chat; onStartAgain: () => void }) {
  const why = chat.deleted.value ? "deleted" : "lost";
  if (chat.phase.value === "lost")
    return (
      <div class="empty chat-over">
        <Icon of={MessageCircle} />
        <h2 class="empty-title">{t(`chat-${why}-title`)}</h2>
        <p>{t(`chat-${why}-text`)}</p>
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
