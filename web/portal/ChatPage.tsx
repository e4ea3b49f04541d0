import { LogOut } from "lucide";
import { useState } from "preact/hooks";
import { Avatar } from "../shared/components/Avatar";
import { Button } from "../shared/components/Button";
import { Composer } from "../shared/components/Composer";
import { Dialog } from "../shared/components/Dialog";
import { FailureBanner } from "../shared/components/FailureBanner";
import { LanguageSelect } from "../shared/components/LanguageSelect";
import { Lazy } from "../shared/components/Lazy";
import { MessageList } from "../shared/components/MessageList";
import { lineForCustomer } from "../shared/customerLines";
import { t } from "../shared/i18n";
import { ConnectionLine, PhaseNote, Unopened } from "./ChatNotes";
import type { Chat } from "./chat";
import { leaveForm } from "./later";
import type { PortalPage } from "./page";
import "./chat.css";
import "./notes.css";

export { Chat } from "./chat";

interface ChatPageProps {
  chat: Chat;
  page: PortalPage;
  title: string;
}

/** An open chat. It comes while the form before it is filled in. */
export default function ChatPage({ chat, page, title }: ChatPageProps) {
  return (
    <div class="chat">
      <TopBar chat={chat} company={page.portal.value?.company_name ?? title} />
      <main class="chat-main">
        <ConnectionLine chat={chat} />
        <Middle chat={chat} page={page} />
      </main>
    </div>
  );
}

function Middle({ chat, page }: Omit<ChatPageProps, "title">) {
  const phase = chat.phase.value;
  if (phase === "loading" || phase === "lost")
    return <Unopened chat={chat} onStartAgain={() => void page.startAgain()} />;
  if (phase === "waiting" && chat.leaving.open.value)
    return <Lazy load={leaveForm} props={{ chat }} />;
  return (
    <>
      <MessageList conversation={chat.conversation} activity={lineForCustomer}>
        <PhaseNote chat={chat} page={page} />
      </MessageList>
      {phase !== "over" && <Foot chat={chat} asking={phase === "asking"} />}
    </>
  );
}

function Foot({ chat, asking }: { chat: Chat; asking: boolean }) {
  return (
    <div class="chat-foot">
      <Composer
        draft={chat.visit.conversation_id}
        label={t("chat-compose")}
        placeholder={t(asking ? "chat-compose-first" : "chat-compose-next")}
        onSend={(text) => chat.say(text)}
        onTyping={(on) => chat.conversation.noteTyping(on)}
        autofocus={asking || chat.leaving.returned.value}
      />
    </div>
  );
}

interface TopBarProps {
  chat: Chat;
  company: string;
}

function TopBar({ chat, company }: TopBarProps) {
  const name = chat.technician.value;
  const phase = chat.phase.value;
  const open = phase === "asking" || phase === "waiting" || phase === "talking";
  return (
    <header class="chat-top">
      <Avatar name={name ?? company} />
      <div class="chat-who">
        <h1>{company}</h1>
        {open && <p>{name ? t("chat-with", { name }) : t("chat-not-joined")}</p>}
      </div>
      <LanguageSelect />
      {open && <EndChat chat={chat} />}
    </header>
  );
}

function EndChat({ chat }: { chat: Chat }) {
  const [asking, setAsking] = useState(false);
  const end = async () => {
    if (await chat.end()) setAsking(false);
  };
  return (
    <>
      <Button kind="secondary" icon={LogOut} class="chat-end" onClick={() => setAsking(true)}>
        {t("chat-end")}
      </Button>
      <Dialog
        title={t("chat-end-title")}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("chat-end-no")}</Button>
            <Button kind="danger" busy={chat.ending.busy.value} onClick={() => void end()}>
              {chat.ending.busy.value ? t("chat-ending") : t("chat-end-yes")}
            </Button>
          </>
        }
      >
        <p>{t("chat-end-text")}</p>
        <FailureBanner failure={chat.ending.failure.value} />
      </Dialog>
    </>
  );
}
