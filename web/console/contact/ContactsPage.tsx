import "../styles/fields.css";
import "../styles/contacts.css";
import { ArrowLeft, Contact as Card } from "lucide";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { layout } from "../layout";
import type { PageProps } from "../pages";
import { PlaceLink } from "../parts/PlaceLink";
import { route } from "../route";
import { ContactCard } from "./ContactCard";
import { ContactsList } from "./ContactsList";
import { Directory } from "./directory";
import { ContactSource } from "./source";

/** The list on the left, the chosen one beside it; on a phone first the list, then the contact. */
export default function ContactsPage({ desk }: PageProps) {
  const { place } = route.value;
  const source = useMemo(() => new ContactSource(desk.token), [desk]);
  const directory = useMemo(() => new Directory(source), [source]);
  useEffect(() => {
    void directory.load();
    const leave = desk.kept.on("contact", (id) => void directory.heard(id));
    return () => {
      leave();
      directory.stop();
    };
  }, [desk, directory]);
  const narrow = layout.value === "narrow";
  return (
    <div class="contacts" data-layout={layout.value}>
      {(!narrow || place === null) && <ContactsList directory={directory} selected={place} />}
      {(!narrow || place !== null) && (
        <Pane place={place} narrow={narrow}>
          {place === null ? (
            <Nothing />
          ) : (
            <ContactCard key={place} id={place} desk={desk} source={source} directory={directory} />
          )}
        </Pane>
      )}
    </div>
  );
}

interface PaneProps {
  place: string | null;
  narrow: boolean;
  children: preact.ComponentChildren;
}

function Pane({ place, narrow, children }: PaneProps) {
  const pane = useRef<HTMLElement>(null);
  // On a phone the link that was followed is gone: the focus goes where it led.
  useEffect(() => {
    pane.current?.scrollTo({ top: 0 });
    if (narrow) pane.current?.focus();
  }, [place, narrow]);
  return (
    <main class="contact-pane pane-scroll" ref={pane} tabIndex={-1} aria-label={t("contact-title")}>
      {narrow && (
        <PlaceLink to={{ page: "contacts" }} class="contact-back">
          <Icon of={ArrowLeft} />
          {t("contact-back")}
        </PlaceLink>
      )}
      {children}
    </main>
  );
}

function Nothing() {
  return (
    <div class="empty empty-pane">
      <Icon of={Card} />
      <h2 class="empty-title">{t("contact-nothing")}</h2>
      <p>{t("contact-nothing-text")}</p>
    </div>
  );
}
