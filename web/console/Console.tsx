import { untracked } from "@preact/signals";
import { useCallback, useEffect, useRef } from "preact/hooks";
import { fetchAhead } from "../shared/bring";
import { t } from "../shared/i18n";
import { contextOf } from "./commands";
import type { Desk } from "./desk";
import { keepFocus } from "./focus";
import { detailsWidth, layout, listWidth } from "./layout";
import { making } from "./making/make";
import { merging } from "./merging/merge";
import { sayMisread } from "./misread";
import { customerName, type Technician } from "./model";
import { closePalette, opened } from "./opened";
import { ListPane } from "./parts/ListPane";
import { NoCase } from "./parts/NoCase";
import { type FrameProps, Lazy } from "../shared/components/Lazy";
import { NoPortal } from "./parts/NoPortal";
import { Notices } from "./parts/Notices";
import { Questions } from "./parts/Questions";
import { ShortcutsDialog } from "./parts/ShortcutsDialog";
import { Toasts } from "./parts/Toasts";
import { TopBar } from "./parts/TopBar";
import { hasCases, pageOf, type PageProps } from "./pages";
import { route } from "./route";
import { useShortcuts } from "./shortcuts";
import { giving } from "./transferring";

interface ConsoleProps {
  desk: Desk;
  technician: Technician;
  fresh: boolean;
}

const casePanes = () => import("./parts/CasePanes");
const conversationPane = async () => ({ default: (await casePanes()).ConversationPane });
const detailsPane = async () => ({ default: (await casePanes()).DetailsPane });
const palette = () => import("./palette/Palette");
const newCase = () => import("./making/NewCaseDialog");
const mergeInto = () => import("./merging/MergeCaseDialog");
const transferNote = () => import("./parts/TransferDialog");

export function Console({ desk, technician, fresh }: ConsoleProps) {
  useTitle(desk);
  const contextNow = useCallback(
    () => untracked(() => contextOf(desk, technician)),
    [desk, technician],
  );
  useShortcuts(contextNow);
  useEffect(() => [conversationPane, detailsPane].forEach(fetchAhead), []);
  useEffect(bringKeyed, []);
  useEffect(sayMisread, []);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? keepFocus(root.current) : undefined), []);
  return (
    <div class="console" ref={root}>
      <TopBar desk={desk} technician={technician} />
      <Notices desk={desk} technician={technician} fresh={fresh} />
      <Page desk={desk} technician={technician} />
      <Questions desk={desk} />
      <Commands desk={desk} technician={technician} />
      <Forms desk={desk} technician={technician} />
      <Toasts />
      <p class="visually-hidden" role="alert" data-testid="alarm">
        <span key={desk.ringing.alarm.value.times}>{desk.ringing.alarm.value.text}</span>
      </p>
    </div>
  );
}

/** Once the page is there: who presses a key and types on must not write into what lies below. */
function bringKeyed(): () => void {
  const timer = setTimeout(
    () => [palette, newCase, mergeInto, transferNote].forEach(fetchAhead),
    1_000,
  );
  return () => clearTimeout(timer);
}

/** What is open over the page. */
function Commands({ desk, technician }: PageProps) {
  const context = contextOf(desk, technician);
  const [name, start] = (opened.value ?? "").split(" ");
  return (
    <>
      <ShortcutsDialog context={context} />
      {name === "palette" && (
        <Lazy load={palette} props={{ context, start: start ?? null, onClose: closePalette }} />
      )}
    </>
  );
}

/** Forms that few need, brought when the first of them is opened. */
function Forms(props: PageProps) {
  return (
    <>
      {making.value && <Lazy load={newCase} props={props} />}
      {merging.value && <Lazy load={mergeInto} props={props} />}
      {giving.value && <Lazy load={transferNote} props={props} />}
    </>
  );
}

function Page(props: PageProps) {
  const { load } = pageOf(route.value.page);
  if (!load && !hasCases(props)) return <NoPortal {...props} />;
  return load ? <Lazy load={load} props={props} /> : <Panes {...props} />;
}

/** Three panes, two with the details as a drawer, or the one that the address names. */
function Panes({ desk, technician }: PageProps) {
  const { caseId, details } = route.value;
  const item = desk.selected.value;
  const narrow = layout.value === "narrow";
  const showDetails = item && (layout.value === "wide" || details);
  const widths = {
    "--list-width": `${listWidth.value}px`,
    "--details-width": `${detailsWidth.value}px`,
  };
  return (
    <div
      class="panes"
      data-layout={layout.value}
      data-details={Boolean(showDetails)}
      style={widths}
    >
      {(!narrow || caseId === null) && <ListPane desk={desk} technician={technician} />}
      {!narrow && caseId === null && <NoCase />}
      {caseId !== null && (!narrow || !showDetails) && (
        <Lazy load={conversationPane} props={{ desk }} frame={ConversationFrame} />
      )}
      {showDetails && <Lazy load={detailsPane} props={{ desk, item }} frame={DetailsFrame} />}
    </div>
  );
}

function ConversationFrame({ children }: FrameProps) {
  return (
    <main class="pane pane-conversation" aria-label={t("console-conversation")}>
      {children}
    </main>
  );
}

function DetailsFrame({ children }: FrameProps) {
  const Pane = layout.value === "narrow" ? "main" : "aside";
  return (
    <Pane class="pane pane-details" aria-label={t("console-details")}>
      {children}
    </Pane>
  );
}

/** The title says what is on screen, and shows from another tab that somebody waits unseen. */
function useTitle(desk: Desk): void {
  const item = desk.selected.value;
  const { page, list } = route.value;
  const about = item ? customerName(item) : t(`console-list-${list}`);
  const place = page === "cases" ? about : t(pageOf(page).title);
  const unseen = desk.unseen.value;
  useEffect(() => {
    document.title = `${unseen > 0 ? `\u{1F534} (${unseen}) ` : ""}${place} · Deskbus`;
  }, [place, unseen]);
}
