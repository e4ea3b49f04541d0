import { LogOut } from "lucide";
import { useState } from "preact/hooks";
import { errorText } from "../shared/api";
import { Avatar } from "../shared/components/Avatar";
import { Banner } from "../shared/components/Banner";
import { Button } from "../shared/components/Button";
import { Composer } from "../shared/components/Composer";
import { Dialog } from "../shared/components/Dialog";
import { LanguageSelect } from "../shared/components/LanguageSelect";
import { MessageList } from "../shared/components/MessageList";
import { t } from "../shared/i18n";
import type { Entry } from "../shared/wire";
import { ConnectionLine, PhaseNote, Unopened } from "./ChatNotes";
import { type Chat, nameOf } from "./chat";
import type { PortalPage } from "./page";

interface ChatPageProps {
  chat: Chat;
  page: PortalPage;
  title: string;
}

export function ChatPage({ chat, page, title }: ChatPageProps) {
  const phase = chat.phase.value;
  const startAgain = () => void page.startAgain();
  return (
    <div class="chat">
      <TopBar chat={chat} company={page.portal.value?.company_name ?? title} />
      <main class="chat-main">
        <ConnectionLine chat={chat} />
        {phase === "loading" || phase === "lost" ? (
          <Unopened lost={phase === "lost"} onStartAgain={startAgain} />
        ) : (
          <MessageList conversation={chat.conversation} activity={describe}>
            <PhaseNote chat={chat} onStartAgain={startAgain} />
          </MessageList>
        )}
        {(phase === "asking" || phase === "waiting" || phase === "talking") && (
          <div class="chat-foot">
            <Composer
              draft={chat.visit.conversation_id}
              label={t("chat-compose")}
              placeholder={t(phase === "asking" ? "chat-compose-first" : "chat-compose-next")}
              onSend={(text) => chat.conversation.send(text)}
              onTyping={(on) => chat.conversation.noteTyping(on)}
              autofocus={phase === "asking"}
            />
          </div>
        )}
      </main>
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
  const failure = chat.endFailure.value;
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
            <Button kind="danger" busy={chat.ending.value} onClick={() => void end()}>
              {chat.ending.value ? t("chat-ending") : t("chat-end-yes")}
            </Button>
          </>
        }
      >
        <p>{t("chat-end-text")}</p>
        {failure && (
          <Banner kind="error" code={failure.code}>
            {errorText(failure.code, failure.params)}
          </Banner>
        )}
      </Dialog>
    </>
  );
}

const KNOWN = new Set(["joined", "left", "resolved", "reopened", "transferred", "retracted"]);

/** An activity line in the customer's words. */
function describe(entry: Entry): string {
  if (entry.kind === "ended") return t(`chat-ended-${entry.params?.by ?? "technician"}`);
  const code = entry.code && KNOWN.has(entry.code) ? entry.code : "other";
  return t(`chat-activity-${code}`, { name: nameOf(entry) });
}
