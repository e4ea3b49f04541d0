import { BellOff, Inbox } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { contextOf } from "../commands";
import type { Desk } from "../desk";
import { LIST_WIDTH, layout, listWidth } from "../layout";
import { LISTS, type ListName } from "../model";
import type { PageProps } from "../pages";
import { FilterBar } from "../filters/FilterBar";
import { NothingFits } from "../filters/NothingFits";
import { SavedList } from "../filters/SavedList";
import { isEmpty } from "../cases/filter";
import { PLAIN } from "../cases/place";
import { formatNumber } from "../numbers";
import { go, listShown, route } from "../route";
import { BecomeAvailable } from "./BecomeAvailable";
import { RowSkeletons } from "./ConsoleSkeleton";
import { RowList } from "./RowList";
import { SelectionBar } from "./SelectionBar";
import { Separator } from "./Separator";
import { Unread } from "./Unread";

export function ListPane({ desk, technician }: PageProps) {
  const { list } = route.value;
  // Alone on the screen, it is what the page is about.
  const Pane = layout.value === "narrow" ? "main" : "section";
  return (
    <Pane class="pane pane-list" aria-label={t("console-cases")}>
      <Tabs desk={desk} />
      <SavedList desk={desk} technician={technician} />
      <FilterBar desk={desk} technician={technician} />
      <div
        class="pane-scroll"
        role="tabpanel"
        id="case-list"
        aria-labelledby={`tab-${list}`}
        key={listShown.value}
      >
        <ListContent desk={desk} technician={technician} />
      </div>
      <SelectionBar context={contextOf(desk, technician)} />
      {layout.value !== "narrow" && (
        <Separator
          label={t("console-resize-list")}
          sizes="before"
          value={listWidth.value}
          min={LIST_WIDTH.min}
          max={LIST_WIDTH.max}
          onChange={(width) => {
            listWidth.value = width;
          }}
        />
      )}
    </Pane>
  );
}

function Tabs({ desk }: { desk: Desk }) {
  const root = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = LISTS[(LISTS.indexOf(route.value.list) + step + LISTS.length) % LISTS.length];
    if (next) openList(next);
    root.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/interactive-supports-focus -- the focus is on one of its tabs
    <div
      class="list-tabs"
      role="tablist"
      aria-label={t("console-lists")}
      ref={root}
      onKeyDown={move}
    >
      {LISTS.map((list) => (
        <Tab key={list} desk={desk} list={list} />
      ))}
    </div>
  );
}

function Tab({ desk, list }: { desk: Desk; list: ListName }) {
  const selected = route.value.list === list;
  const count = desk.store.counts.value?.[list];
  const unseen = list === "unassigned" ? desk.unseen.value : 0;
  const name = t(`console-list-${list}`);
  const tab = useRef<HTMLButtonElement>(null);
  // Where thousands are counted in long words, not all three have room.
  useEffect(() => {
    if (selected) tab.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected, count]);
  return (
    <button
      ref={tab}
      type="button"
      class="list-tab"
      role="tab"
      id={`tab-${list}`}
      aria-selected={selected}
      aria-controls="case-list"
      tabIndex={selected ? 0 : -1}
      onClick={() => openList(list)}
    >
      <span class="tab-name" data-name={name}>
        {name}
      </span>
      <span class="tab-count" data-testid={`count-${list}`}>
        {count === undefined ? "" : formatNumber(count)}
      </span>
      {unseen > 0 && <RedDot count={unseen} />}
    </button>
  );
}

function RedDot({ count }: { count: number }) {
  return (
    <span class="red-dot" data-testid="red-dot">
      <span class="visually-hidden">{t("console-unseen", { count })}</span>
    </span>
  );
}

/** The list as it is, whatever it was narrowed down to. */
function openList(list: ListName): void {
  go({ list, view: PLAIN });
}

function openCase(caseId: string): void {
  go({ caseId, details: false });
}

function ListContent({ desk, technician }: PageProps) {
  const { list, view } = route.value;
  const { status: shown, rows: listed } = desk.list.now.value;
  const status = shown.value;
  const rows = listed.value;
  const me = desk.technician.id;
  if (status.phase === "failed") return <Failed desk={desk} error={status.error} />;
  if (status.phase !== "ready") return <RowSkeletons times={2} />;
  if (rows.length === 0 && status.next === null) {
    if (!isEmpty(view.filter)) return <NothingFits desk={desk} technician={technician} />;
    return <NoCases desk={desk} list={list} />;
  }
  return (
    <>
      {list === "all" && !desk.store.incoming.value && (
        <p class="list-note">{t("console-hidden-all")}</p>
      )}
      <RowList
        list={list}
        rows={rows}
        complete={status.next === null}
        selected={route.value.caseId}
        selection={desk.selection}
        me={me}
        unreadOf={(id) => desk.unreadOf(id)}
        othersAt={(id) => desk.presence.othersAt(id)}
        onOpen={openCase}
      />
      {status.next !== null && (
        <More desk={desk} rows={rows.length} next={status.next} failure={status.error} />
      )}
    </>
  );
}

interface MoreProps {
  desk: Desk;
  rows: number;
  next: string;
  failure: unknown;
}

/** Screens of rows below what is seen that are loaded ahead, so that scrolling seldom meets the end. */
const AHEAD = "300% 0px";

/** Loads the next page before the end of the list is reached; who is faster sees the shape of what comes. */
function More({ desk, rows, next, failure }: MoreProps) {
  const foot = useRef<HTMLDivElement>(null);
  const failed = failure !== null;
  // A foot still in view after a page asks for the next one, which may have been empty: its filter fits little.
  useEffect(() => {
    if (!foot.current || failed) return;
    const near = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && void desk.list.more(),
      // Of the list itself: a margin around the page ends where the list is cut off.
      { root: foot.current.closest(".pane-scroll"), rootMargin: AHEAD },
    );
    near.observe(foot.current);
    return () => near.disconnect();
  }, [desk, failed, rows, next]);
  return (
    <div class="list-foot" ref={foot}>
      {failed ? (
        <Unread error={failure} asked onRetry={() => void desk.list.retry()} />
      ) : (
        <>
          <span class="visually-hidden">{t("console-loading-more")}</span>
          <RowSkeletons times={2} />
        </>
      )}
    </div>
  );
}

function Failed({ desk, error }: { desk: Desk; error: unknown }) {
  return (
    <div class="empty">
      <Unread error={error} asked onRetry={() => void desk.list.retry()} />
    </div>
  );
}

function NoCases({ desk, list }: { desk: Desk; list: ListName }) {
  if (list !== "mine" && !desk.store.incoming.value) return <Away desk={desk} list={list} />;
  return (
    <div class="empty">
      <Icon of={Inbox} />
      <h2 class="empty-title">{t(`console-empty-${list}`)}</h2>
      <p>{t(`console-empty-${list}-text`)}</p>
    </div>
  );
}

/** Nothing to see because one is not available (S57): why, and how to change it. */
function Away({ desk, list }: { desk: Desk; list: ListName }) {
  return (
    <div class="empty">
      <Icon of={BellOff} />
      <h2 class="empty-title">{t("console-away-title")}</h2>
      <p>{t(list === "all" ? "console-hidden-all" : "console-away-text")}</p>
      <p class="empty-actions">
        <BecomeAvailable desk={desk} kind="primary" />
      </p>
    </div>
  );
}
