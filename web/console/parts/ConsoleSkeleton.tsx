import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";
import { layout, listWidth } from "../layout";
import { route } from "../route";
import { Brand } from "./Brand";

/** The shape of the console while the session is being taken up. */
export function ConsoleSkeleton() {
  return (
    <div class="console" aria-busy="true" aria-label={t("loading")} role="status">
      <div class="topbar">
        <Brand />
      </div>
      <div class="notices" />
      {route.value.page === "cases" && <Panes />}
    </div>
  );
}

/** As wide as they will be, so that nothing jumps. */
function Panes() {
  const narrow = layout.value === "narrow";
  return (
    <div
      class="panes"
      data-layout={layout.value}
      style={{ "--list-width": `${listWidth.value}px` }}
    >
      {(!narrow || route.value.caseId === null) && (
        <div class="pane pane-list">
          <div class="list-tabs" />
          <RowSkeletons times={2} />
        </div>
      )}
      {!narrow && <div class="pane pane-conversation" />}
    </div>
  );
}

const WIDTHS = ["52%", "64%", "44%", "58%", "49%", "61%"];

/** The shape of rows to come; `times` as many as usual where a screen of them is to be filled. */
export function RowSkeletons({ times = 1 }: { times?: number }) {
  return (
    <div class="row-skeletons" aria-hidden="true">
      {Array.from({ length: times }, () => WIDTHS)
        .flat()
        .map((width, index) => (
          <div class="row-skeleton" key={index}>
            <Skeleton width={width} />
            <Skeleton width="92%" />
            <Skeleton width="38%" />
          </div>
        ))}
    </div>
  );
}
