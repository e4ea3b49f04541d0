/** When a chat or a request is with us or over: what came of it, what to take along, how it was. */
import { CircleCheck, Trash2 } from "lucide";
import { Button } from "../shared/components/Button";
import { Icon } from "../shared/components/Icon";
import { t } from "../shared/i18n";
import { Confirmation } from "./Confirmation";
import { CopiesCard } from "./CopiesCard";
import type { Chat } from "./chat";
import { Notice } from "./Notice";
import type { PortalPage } from "./page";
import { SurveyCard } from "./SurveyCard";
import type { SentRequest } from "./sent";
import "./over.css";

export function ChatOver({ chat, page }: { chat: Chat; page: PortalPage }) {
  const became = chat.became.value;
  const resolved = chat.own.shown.value?.state === "resolved";
  const email = chat.email.value;
  return (
    <div class="over" data-from-top>
      {became && !resolved ? (
        <Confirmation {...{ became, email }} number={chat.number.value} level={2} />
      ) : (
        <Ended resolved={resolved} number={chat.number.value} />
      )}
      <SurveyCard own={chat.own} />
      {chat.written.value && <CopiesCard chat={chat} email={email} />}
      <Button size="large" onClick={() => void page.startAgain()}>
        {t("chat-over-new")}
      </Button>
    </div>
  );
}

function Ended({ resolved, number }: { resolved: boolean; number: number | null }) {
  return (
    <div class="empty over-head">
      <Icon of={CircleCheck} />
      <h2 class="empty-title">{t(resolved ? "chat-resolved-title" : "chat-over-title")}</h2>
      <p>{t("chat-over-text")}</p>
      {number !== null && (
        <p class="confirmation-number">{t("case-number", { number: String(number) })}</p>
      )}
    </div>
  );
}

/** The page of a request that was sent from the form. */
export function RequestSent({ sent, page }: { sent: SentRequest; page: PortalPage }) {
  const resolved = sent.own.shown.value?.state === "resolved";
  if (sent.own.deleted.value) return <RequestDeleted page={page} />;
  return (
    <div class="sent">
      {resolved ? (
        <div class="confirmation">
          <h1 class="confirmation-title">{t("chat-resolved-title")}</h1>
          <p class="confirmation-number">{t("case-number", { number: String(sent.number) })}</p>
        </div>
      ) : (
        <Confirmation became="request" number={sent.number} email={sent.visit.email} level={1} />
      )}
      <SurveyCard own={sent.own} />
      <Button size="large" onClick={() => void page.startAgain()}>
        {t("request-another")}
      </Button>
    </div>
  );
}

/** The company deleted the request. */
function RequestDeleted({ page }: { page: PortalPage }) {
  return (
    <Notice icon={Trash2} title={t("request-deleted-title")} text={t("request-deleted-text")}>
      <Button size="large" onClick={() => void page.startAgain()}>
        {t("request-another")}
      </Button>
    </Notice>
  );
}
