import { ChevronDown, Command, Keyboard, LogOut, Plus } from "lucide";
import { Avatar } from "../../shared/components/Avatar";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";
import { setTheme, THEMES, theme } from "../../shared/theme";
import type { Desk } from "../desk";
import { explain } from "../explain";
import { startCase } from "../making/make";
import { InboxBell } from "../inbox/InboxBell";
import type { Technician } from "../model";
import { open } from "../opened";
import { hasCases, pageOf, type PageProps, PAGES } from "../pages";
import { route } from "../route";
import { signOut } from "../session";
import { Brand } from "./Brand";
import { Keys } from "./Keys";
import { Menu, MenuGroup, MenuItem } from "./Menu";
import { PlaceLink } from "./PlaceLink";
import { SearchBox } from "./SearchBox";
import { StatusMenu } from "./StatusMenu";

interface TopBarProps {
  desk: Desk;
  technician: Technician;
}

export function TopBar({ desk, technician }: TopBarProps) {
  return (
    <header class="topbar">
      <Brand />
      <h1 class="visually-hidden">{t(pageOf(route.value.page).title)}</h1>
      <nav class="topbar-pages" aria-label={t("console-navigation")}>
        <PageLinks end={false} desk={desk} technician={technician} />
      </nav>
      {hasCases({ desk, technician }) && (
        <IconButton
          icon={Plus}
          label={t("make-title")}
          class="topbar-new"
          aria-haspopup="dialog"
          onClick={() => startCase()}
        />
      )}
      <span class="topbar-space" />
      <PaletteButton />
      <SearchBox desk={desk} />
      <StatusMenu desk={desk} technician={technician} />
      <PageLinks end desk={desk} technician={technician} />
      <InboxBell desk={desk} />
      <PersonMenu technician={technician} />
    </header>
  );
}

/** For whoever does not know the keys yet: they stand on it. */
function PaletteButton() {
  return (
    <button
      type="button"
      class="palette-button"
      aria-haspopup="dialog"
      aria-label={t("console-palette")}
      title={t("console-palette")}
      onClick={() => open("palette")}
    >
      <Icon of={Command} />
      <span class="topbar-words">{t("command-button")}</span>
      <Keys of="Mod+k" />
    </button>
  );
}

/** Words and sign, or on a phone the sign alone. */
function PageLinks({ end, ...props }: PageProps & { end: boolean }) {
  const { page: here, list } = route.value;
  const pages = PAGES.filter((page) => Boolean(page.end) === end && (page.shown?.(props) ?? true));
  return (
    <>
      {pages.map((page) => (
        <PlaceLink
          key={page.id}
          to={{ page: page.id, list }}
          class="topbar-link"
          aria-current={here === page.id ? "page" : undefined}
        >
          <Icon of={page.icon} />
          <span class="topbar-words">{t(page.title)}</span>
        </PlaceLink>
      ))}
    </>
  );
}

function PersonMenu({ technician }: Omit<TopBarProps, "desk">) {
  const face = (
    <>
      <Avatar name={technician.name} />
      <span class="person-name">{technician.name}</span>
      <Icon of={ChevronDown} />
    </>
  );
  return (
    <Menu label={t("console-person-menu", { name: technician.name })} button={face}>
      <MenuGroup label={`${technician.email} · ${technician.account_name}`}>
        <MenuItem icon={Command} onSelect={() => open("palette")}>
          {t("console-palette")}
        </MenuItem>
        <MenuItem icon={Keyboard} onSelect={() => open("shortcuts")}>
          {t("console-shortcuts")}
        </MenuItem>
      </MenuGroup>
      <LanguageGroup />
      <ThemeGroup />
      <MenuGroup label={t("console-session")} quiet>
        <MenuItem icon={LogOut} onSelect={() => void signOut().catch(explain)}>
          {t("console-sign-out")}
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}

function LanguageGroup() {
  return (
    <MenuGroup label={t("language")}>
      {Object.entries(LOCALES).map(([code, name]) => (
        <MenuItem
          key={code}
          checked={locale.value === code}
          onSelect={() => isLocale(code) && void setLocale(code)}
        >
          <span lang={code}>{name}</span>
        </MenuItem>
      ))}
    </MenuGroup>
  );
}

function ThemeGroup() {
  return (
    <MenuGroup label={t("console-theme")}>
      {THEMES.map((choice) => (
        <MenuItem key={choice} checked={theme.value === choice} onSelect={() => setTheme(choice)}>
          {t(`console-theme-${choice}`)}
        </MenuItem>
      ))}
    </MenuGroup>
  );
}
