import { Contact as Card, Search as Glass, SearchX } from "lucide";
import { useSignal } from "@preact/signals";
import { Avatar } from "../../shared/components/Avatar";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { ContactView } from "../../shared/generated/rest";
import { layout } from "../layout";
import { PlaceLink } from "../parts/PlaceLink";
import { Unread } from "../parts/Unread";
import { contactName, type Directory } from "./directory";

interface ListProps {
  directory: Directory;
  selected: string | null;
}

export function ContactsList({ directory, selected }: ListProps) {
  // Alone on the screen, it is what the page is about.
  const Frame = layout.value === "narrow" ? "main" : "nav";
  const { query, contacts, failure } = directory;
  return (
    <Frame class="contacts-list" aria-label={t("contacts-title")}>
      <div class="contacts-search" role="search" aria-label={t("contacts-search")}>
        <Icon of={Glass} />
        <input
          type="search"
          class="contacts-field"
          value={query.value}
          placeholder={t("contacts-search")}
          aria-label={t("contacts-search")}
          autocomplete="off"
          maxLength={200}
          onInput={(event) => directory.type(event.currentTarget.value)}
        />
      </div>
      <div class="pane-scroll contacts-rows">
        {failure.value !== null && (
          <Unread error={failure.value} onRetry={() => void directory.again()} />
        )}
        {contacts.value === null && failure.value === null && <Waiting />}
        {contacts.value?.length === 0 && <None searched={query.value.trim() !== ""} />}
        {contacts.value && <Rows contacts={contacts.value} selected={selected} />}
        {directory.next.value !== null && (
          <Button kind="quiet" busy={directory.loading.value} onClick={() => void directory.more()}>
            {t("previous-more")}
          </Button>
        )}
      </div>
    </Frame>
  );
}

interface RowsProps {
  contacts: readonly ContactView[];
  selected: string | null;
}

/** One stop for the tab key; the arrows go from row to row. */
function Rows({ contacts, selected }: RowsProps) {
  const focused = useSignal<string | null>(null);
  const at = (id: string | null) => contacts.findIndex((one) => one.ids.includes(id ?? ""));
  const stop = Math.max(0, at(focused.value ?? selected));
  const onKeyDown = (event: KeyboardEvent) => {
    const last = contacts.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(stop + 1, last),
      ArrowUp: Math.max(stop - 1, 0),
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const rows = (event.currentTarget as HTMLElement).querySelectorAll("a");
    rows[to]?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- the rows are links, which hear the keys
    <ul aria-label={t("contacts-title")} onKeyDown={onKeyDown}>
      {contacts.map((contact, index) => (
        <li
          key={contact.id}
          onFocusCapture={() => {
            focused.value = contact.id;
          }}
        >
          <Row contact={contact} current={at(selected) === index} tabStop={index === stop} />
        </li>
      ))}
    </ul>
  );
}

interface RowProps {
  contact: ContactView;
  current: boolean;
  tabStop: boolean;
}

function Row({ contact, current, tabStop }: RowProps) {
  const name = contactName(contact);
  return (
    <PlaceLink
      to={{ page: "contacts", place: contact.id }}
      class="contact-row"
      aria-current={current ? "page" : undefined}
      tabIndex={tabStop ? 0 : -1}
    >
      <Avatar name={name || (contact.emails[0] ?? "")} />
      <span class="contact-row-line">
        <span class="contact-row-name" dir="auto">
          {name || t("contact-unnamed")}
        </span>
        <Time at={contact.last_seen} />
      </span>
      <span class="contact-row-line">
        <span class="contact-row-about" dir="auto">
          {contact.emails[0]}
          {contact.organisation && ` · ${contact.organisation}`}
        </span>
        <span class="contact-row-count">{t("contact-cases", { count: contact.cases })}</span>
      </span>
    </PlaceLink>
  );
}

function None({ searched }: { searched: boolean }) {
  return (
    <div class="empty">
      <Icon of={searched ? SearchX : Card} />
      <h2 class="empty-title">{t(searched ? "contacts-not-found" : "contacts-none")}</h2>
      <p>{t(searched ? "contacts-not-found-text" : "contacts-none-text")}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div class="contacts-waiting">
      {[70, 55, 62, 48].map((width) => (
        <Skeleton key={width} width={`${width}%`} height="34px" />
      ))}
    </div>
  );
}
