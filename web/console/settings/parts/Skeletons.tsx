import { Skeleton } from "../../../shared/components/Skeleton";
import { t } from "../../../shared/i18n";

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
