import { errorText } from "../../../shared/api";
import { Banner } from "../../../shared/components/Banner";
import { Button } from "../../../shared/components/Button";
import { Skeleton } from "../../../shared/components/Skeleton";
import { t } from "../../../shared/i18n";
import { codeOf } from "../../explain";

/** Why nothing can be shown, and trying again. */
export function Unread({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Banner
      kind="error"
      code={codeOf(error)}
      action={<Button onClick={onRetry}>{t("try-again")}</Button>}
    >
      {errorText(codeOf(error))}
    </Banner>
  );
}

/** Rows that are still being read. */
export function ListSkeleton() {
  return (
    <div class="named-list" role="status" aria-label={t("loading")}>
      {["44%", "58%", "36%"].map((width) => (
        <div key={width} class="named-row">
          <Skeleton width={width} height="14px" />
        </div>
      ))}
    </div>
  );
}

/** A form that is still being read. */
export function CardSkeleton() {
  return (
    <div class="settings-card" role="status" aria-label={t("loading")}>
      <Skeleton width="32%" height="18px" />
      <Skeleton width="64%" height="14px" />
      <Skeleton width="44%" height="40px" />
    </div>
  );
}
