import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../shared/i18n";
import type { Desk } from "./desk";
import { explain } from "./explain";
import { detailsWidth, layout, listWidth } from "./layout";
import { customerName, type Technician } from "./model";
import { ConversationPane } from "./parts/ConversationPane";
import { DetailsPane } from "./parts/DetailsPane";
import { ListPane } from "./parts/ListPane";
import { Lazy } from "./parts/Lazy";
import { Notices } from "./parts/Notices";
import { Questions } from "./parts/Questions";
import { ShortcutsDialog } from "./parts/ShortcutsDialog";
import { Toasts } from "./parts/Toasts";
import { TopBar } from "./parts/TopBar";
import { pageOf, type PageProps } from "./pages";
import { route } from "./route";
import { signOut } from "./session";
import { useShortcuts } from "./shortcuts";

interface ConsoleProps {
  desk: Desk;
  technician: Technician;
  fresh: boolean;
}

const helping = signal(false);

export function Console({ desk, technician, fresh }: ConsoleProps) {
  useTitle(desk);
  useShortcuts(desk, () => {
    helping.value = true;
  });
  const leave = () => void signOut().catch(explain);
  return (
    <div class="console">
      <TopBar
        desk={desk}
        technician={technician}
        onShortcuts={() => {
          helping.value = true;
        }}
        onSignOut={leave}
      />
      <Notices desk={desk} technician={technician} fresh={fresh} />
      <Page desk={desk} technician={technician} />
      <Questions desk={desk} />
      <ShortcutsDialog
        open={helping.value}
        onClose={() => {
          helping.value = false;
        }}
      />
      <Toasts />
      <p class="visually-hidden" role="alert" data-testid="alarm">
        <span key={desk.alarm.value.times}>{desk.alarm.value.text}</span>
      </p>
    </div>
  );
}

function Page(props: PageProps) {
  const { load } = pageOf(route.value.page);
  return load ? <Lazy load={load} props={props} /> : <Panes desk={props.desk} />;
}

/** Three panes, two with the details as a drawer, or the one that the address names. */
function Panes({ desk }: { desk: Desk }) {
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
      {(!narrow || caseId === null) && <ListPane desk={desk} />}
      {(!narrow || (caseId !== null && !showDetails)) && <ConversationPane desk={desk} />}
      {showDetails && <DetailsPane desk={desk} item={item} />}
    </div>
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
