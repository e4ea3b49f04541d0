import { CloudOff, SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { Notice } from "../portal/Notice";
import { SurveyCard } from "../portal/SurveyCard";
import { type ApiError, errorText } from "../shared/api";
import { Button } from "../shared/components/Button";
import { LanguageSelect } from "../shared/components/LanguageSelect";
import { Skeleton } from "../shared/components/Skeleton";
import { t } from "../shared/i18n";
import { Progress } from "./Progress";
import type { LinkedRequest } from "./linked";

/** The page behind the link of a mail: how the request is, and the survey once it is resolved. */
export function App({ linked }: { linked: LinkedRequest }) {
  const shown = linked.shown.value;
  const title = shown ? t("status-title", { number: String(shown.number) }) : t("portal-title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div class="page">
      <header class="page-top">
        <p class="page-company">{shown?.company ?? ""}</p>
        <LanguageSelect />
      </header>
      <main class="page-main">
        <div class="card">
          <Content linked={linked} />
        </div>
      </main>
    </div>
  );
}

function Content({ linked }: { linked: LinkedRequest }) {
  const shown = linked.shown.value;
  const failure = linked.failure.value;
  if (failure) return <Failure error={failure} onRetry={() => void linked.look()} />;
  if (!shown) return <Loading />;
  return (
    <div class="status">
      <Progress shown={shown} />
      <SurveyCard own={linked} />
      {shown.state === "resolved" && (
        <a class="button button-secondary button-large" href={`//${shown.portal_address}`}>
          <span class="button-label">{t("request-another")}</span>
        </a>
      )}
    </div>
  );
}

function Failure({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  switch (error.code) {
    case "link_invalid":
      return (
        <Notice icon={SearchX} title={t("status-invalid-title")} text={t("status-invalid-text")} />
      );
    case "case_unknown":
    case "conversation_deleted":
      return <Notice icon={SearchX} title={t("status-gone-title")} text={t("status-gone-text")} />;
    default:
      return (
        <Notice
          icon={CloudOff}
          title={t("status-failed-title")}
          text={errorText(error.code, error.params)}
        >
          <Button kind="primary" size="large" onClick={onRetry}>
            {t("try-again")}
          </Button>
          <small class="notice-code">{error.code}</small>
        </Notice>
      );
  }
}

function Loading() {
  return (
    <div class="status" aria-busy="true">
      <p class="visually-hidden" role="status">
        {t("status-loading")}
      </p>
      <Skeleton width="62%" height="28px" />
      <Skeleton width="90%" height="18px" />
      <Skeleton height="132px" />
    </div>
  );
}
