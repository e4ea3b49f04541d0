import { CircleSlash, CloudOff, SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { type ApiError, errorText } from "../shared/api";
import { Button } from "../shared/components/Button";
import { LanguageSelect } from "../shared/components/LanguageSelect";
import { Lazy } from "../shared/components/Lazy";
import { Skeleton } from "../shared/components/Skeleton";
import { t } from "../shared/i18n";
import { FormView } from "./FormView";
import { chatPage, requestSent } from "./later";
import { Notice } from "./Notice";
import type { PortalPage } from "./page";

/** The page of one portal: the chat once there is one, before it whatever the portal's state asks for. */
export function App({ page }: { page: PortalPage }) {
  const company = page.portal.value?.company_name;
  const title = company ? t("portal-title-company", { company }) : t("portal-title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  const chat = page.chat.value;
  if (chat) {
    const { conversation_id } = chat.visit;
    return <Lazy load={chatPage} props={{ chat, page, title }} key={conversation_id} />;
  }
  return (
    <div class="page">
      <header class="page-top">
        <p class="page-company">{company ?? ""}</p>
        <LanguageSelect />
      </header>
      <main class="page-main">
        <div class="card">
          <Content page={page} />
        </div>
      </main>
    </div>
  );
}

function Content({ page }: { page: PortalPage }) {
  const sent = page.sent.value;
  if (sent) return <Lazy load={requestSent} props={{ sent, page }} />;
  const failure = page.failure.value;
  if (failure) return <Failure error={failure} onRetry={() => void page.load()} />;
  switch (page.view.value) {
    case undefined:
      return <Loading />;
    case "chat":
    case "request":
      return <FormView page={page} />;
    default:
      return (
        <Notice
          icon={CircleSlash}
          title={t("portal-unavailable-title")}
          text={t("portal-unavailable-text")}
        />
      );
  }
}

function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  if (error.code === "portal_unknown" || error.code === "not_found")
    return (
      <Notice icon={SearchX} title={t("portal-unknown-title")} text={t("portal-unknown-text")} />
    );
  return (
    <Notice
      icon={CloudOff}
      title={t("portal-failed-title")}
      text={errorText(error.code, error.params)}
    >
      <Button kind="primary" size="large" onClick={onRetry}>
        {t("try-again")}
      </Button>
      <small class="notice-code">{error.code}</small>
    </Notice>
  );
}

function Loading() {
  return (
    <div class="form" aria-busy="true">
      <p class="visually-hidden" role="status">
        {t("portal-loading")}
      </p>
      <Skeleton width="62%" height="28px" />
      <Skeleton width="90%" height="18px" />
      <Skeleton height="44px" />
      <Skeleton height="44px" />
      <Skeleton height="48px" />
    </div>
  );
}
