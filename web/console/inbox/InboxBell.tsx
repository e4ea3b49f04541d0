import { Bell } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { layout } from "../layout";
import { close, opened } from "../opened";
import { route } from "../route";
import { InboxList } from "./InboxList";
import { CARD, toggleInbox } from "./place";
import { newsText } from "./words";

/** The bell of the top bar: how much is unread, and under it the inbox. */
export function InboxBell({ desk }: { desk: Desk }) {
  const { inbox } = desk;
  const unread = inbox.unread.value;
  const bell = useRef<HTMLButtonElement>(null);
  const shown = opened.value === CARD && layout.value !== "narrow";
  const page = layout.value === "narrow" && route.value.page === "inbox";
  return (
    <div class="inbox-place">
      <button
        ref={bell}
        type="button"
        class="inbox-bell"
        aria-label={t("console-inbox-button", { count: unread })}
        title={t("console-inbox")}
        aria-haspopup={layout.value === "narrow" ? undefined : "dialog"}
        aria-expanded={layout.value === "narrow" ? undefined : shown}
        aria-current={page ? "page" : undefined}
        onClick={toggleInbox}
      >
        <Icon of={Bell} />
        {unread > 0 && (
          <span class="inbox-count" aria-hidden="true">
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
      <p class="visually-hidden" role="status" data-testid="inbox-news">
        <span key={inbox.news.value.times}>{newsText(inbox.news.value.entries)}</span>
      </p>
      {shown && <InboxCard desk={desk} bell={bell} />}
    </div>
  );
}

interface CardProps {
  desk: Desk;
  bell: { current: HTMLElement | null };
}

/** A card that stays until one leaves it: nothing behind it is closed off. */
function InboxCard({ desk, bell }: CardProps) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.focus();
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (!card.current?.contains(target) && !bell.current?.contains(target)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      event.stopPropagation();
      close();
      bell.current?.focus();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", onKey, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", onKey, true);
    };
  }, [bell]);
  return (
    <div class="inbox-card" role="dialog" aria-label={t("console-inbox")} tabIndex={-1} ref={card}>
      <InboxList desk={desk} />
    </div>
  );
}
