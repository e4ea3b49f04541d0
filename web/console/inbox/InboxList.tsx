import { CheckCheck, Inbox as Tray } from "lucide";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { Unread } from "../parts/Unread";
import { InboxEntry } from "./InboxEntry";

const STEP: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** What happened that concerns oneself, the newest first. */
export function InboxList({ desk }: { desk: Desk }) {
  const { inbox } = desk;
  return (
    <>
      <div class="inbox-head">
        <h2 class="inbox-title">{t("console-inbox")}</h2>
        <button
          type="button"
          class="inbox-filter"
          aria-pressed={inbox.onlyUnread.value}
          onClick={() => (inbox.onlyUnread.value = !inbox.onlyUnread.peek())}
        >
          {t("console-inbox-only-unread")}
        </button>
        <Button
          kind="quiet"
          icon={CheckCheck}
          disabled={inbox.unread.value === 0}
          onClick={() => inbox.readAll()}
        >
          {t("console-inbox-read-all")}
        </Button>
      </div>
      <Content desk={desk} />
    </>
  );
}

function Content({ desk }: { desk: Desk }) {
  const { inbox } = desk;
  if (inbox.phase.value === "failed")
    return <Unread error={inbox.failure.value} asked onRetry={() => void inbox.load()} />;
  if (inbox.phase.value === "loading") return <Loading />;
  const shown = inbox.shown.value;
  return (
    <div class="inbox-scroll">
      {shown.length === 0 && inbox.next.value === null && (
        <Empty read={inbox.entries.value.length > 0} />
      )}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- arrows move between its links */}
      <ul class="inbox-list" aria-label={t("console-inbox")} onKeyDown={moveFocus}>
        {shown.map((entry) => (
          <InboxEntry key={entry.id} desk={desk} entry={entry} />
        ))}
      </ul>
      {inbox.next.value !== null && (
        <Button kind="quiet" busy={inbox.loadingMore.value} onClick={() => void inbox.more()}>
          {t("console-inbox-more")}
        </Button>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = STEP[event.key];
  if (!step) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>(".inbox-link")];
  const here = (event.target as HTMLElement).closest("li")?.querySelector<HTMLElement>("a");
  links[here ? links.indexOf(here) + step : 0]?.focus();
  event.preventDefault();
}

function Empty({ read }: { read: boolean }) {
  return (
    <div class="inbox-empty">
      <Icon of={Tray} />
      <p class="inbox-empty-title">{t(read ? "console-inbox-all-read" : "console-inbox-empty")}</p>
      {!read && <p>{t("console-inbox-empty-text")}</p>}
    </div>
  );
}

function Loading() {
  return (
    <div class="inbox-loading" role="status" aria-label={t("loading")}>
      <Skeleton width="70%" height="34px" />
      <Skeleton width="82%" height="34px" />
      <Skeleton width="60%" height="34px" />
    </div>
  );
}
