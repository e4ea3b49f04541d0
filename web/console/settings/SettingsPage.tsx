import "../styles/settings.css";
import "../styles/named-list.css";
import "../styles/fields.css";
import { ChevronRight, Lock, SearchX } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { layout } from "../layout";
import type { PageProps } from "../pages";
import { Lazy } from "../../shared/components/Lazy";
import { PlaceLink } from "../parts/PlaceLink";
import { route } from "../route";
import { BackLink } from "./parts/SectionHead";
import { GROUPS, type Section, sectionOf, sectionsFor } from "./sections";

/** Sections on the left, the chosen one beside them; on a phone first the list, then the section. */
export default function SettingsPage(props: PageProps) {
  const { place } = route.value;
  const sections = sectionsFor(props.technician);
  const narrow = layout.value === "narrow";
  // Where there is room for both, the first section stands for the address of the settings themselves.
  const shown = place === null && !narrow ? sections[0] : sectionOf(place);
  return (
    <div class="settings" data-layout={layout.value}>
      {(!narrow || place === null) && <SectionNav sections={sections} shown={shown} />}
      {(!narrow || place !== null) && <SectionPane {...props} section={shown} />}
    </div>
  );
}

interface SectionNavProps {
  sections: readonly Section[];
  shown: Section | undefined;
}

function SectionNav({ sections, shown }: SectionNavProps) {
  const groups = GROUPS.map((group) => ({
    group,
    inside: sections.filter((section) => section.group === group),
  })).filter(({ inside }) => inside.length > 0);
  const Frame = layout.value === "narrow" ? "main" : "div";
  return (
    <Frame class="settings-nav pane-scroll">
      <nav aria-label={t("console-settings")}>
        {groups.map(({ group, inside }) => (
          <section key={group} aria-labelledby={`settings-group-${group}`}>
            <h2 class="settings-group" id={`settings-group-${group}`}>
              {t(`settings-group-${group}`)}
            </h2>
            <ul>
              {inside.map((section) => (
                <li key={section.id}>
                  <SectionLink section={section} current={section === shown} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
    </Frame>
  );
}

function SectionLink({ section, current }: { section: Section; current: boolean }) {
  return (
    <PlaceLink
      to={{ page: "settings", place: section.id }}
      class="settings-link"
      aria-current={current ? "page" : undefined}
    >
      <Icon of={section.icon} />
      <span class="settings-link-words">{t(section.title)}</span>
      <Icon of={ChevronRight} />
    </PlaceLink>
  );
}

type SectionPaneProps = PageProps & { section: Section | undefined };

function SectionPane({ section, desk, technician }: SectionPaneProps) {
  const pane = useRef<HTMLElement>(null);
  const id = section?.id;
  const narrow = layout.value === "narrow";
  // On a phone the link that was followed is gone: the focus goes where it led.
  useEffect(() => {
    pane.current?.scrollTo({ top: 0 });
    if (narrow) pane.current?.focus();
  }, [id, narrow]);
  const closed = section?.administratorsOnly && technician.role !== "administrator";
  return (
    <main class="settings-pane pane-scroll" ref={pane} tabIndex={-1} key={id}>
      <div class="settings-body">
        {narrow && <BackLink />}
        {!section && <Nothing icon={SearchX} title="settings-unknown" text="error-not-found" />}
        {section && closed && (
          <Nothing icon={Lock} title="console-settings-closed" text="error-administrators-only" />
        )}
        {section && !closed && <Lazy load={section.load} props={{ desk, technician }} />}
      </div>
    </main>
  );
}

function Nothing({ icon, title, text }: { icon: Section["icon"]; title: string; text: string }) {
  return (
    <div class="empty">
      <Icon of={icon} />
      <h2 class="empty-title">{t(title)}</h2>
      <p>{t(text)}</p>
    </div>
  );
}
