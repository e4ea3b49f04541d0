import { ChevronDown, Keyboard, LogOut, Settings } from "lucide";
import type { ComponentChildren } from "preact";
import { Avatar } from "../../shared/components/Avatar";
import { Icon } from "../../shared/components/Icon";
import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";
import { setTheme, type Theme, theme } from "../../shared/theme";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { formatRoute, go, type Page, route } from "../route";
import { Brand } from "./Brand";
import { Menu, MenuGroup, MenuItem } from "./Menu";
import { StatusMenu } from "./StatusMenu";

interface TopBarProps {
  desk: Desk;
  technician: Technician;
  onShortcuts: () => void;
  onSignOut: () => void;
}

export function TopBar({ desk, technician, onShortcuts, onSignOut }: TopBarProps) {
  return (
    <header class="topbar">
      <Brand />
      <h1 class="visually-hidden">{t(`console-${route.value.page}`)}</h1>
      <nav aria-label={t("console-navigation")}>
        <PageLink page="cases">{t("console-cases")}</PageLink>
      </nav>
      <span class="topbar-space" />
      <StatusMenu desk={desk} technician={technician} />
      {technician.role === "administrator" && (
        <PageLink page="settings">
          <Icon of={Settings} />
          <span class="topbar-words">{t("console-settings")}</span>
        </PageLink>
      )}
      <PersonMenu technician={technician} onShortcuts={onShortcuts} onSignOut={onSignOut} />
    </header>
  );
}

function PageLink({ page, children }: { page: Page; children: ComponentChildren }) {
  const there = { page, list: route.value.list, caseId: null, details: false };
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(there);
  };
  return (
    <a
      class="topbar-link"
      href={formatRoute(there)}
      aria-current={route.value.page === page ? "page" : undefined}
      onClick={open}
    >
      {children}
    </a>
  );
}

function PersonMenu({ technician, onShortcuts, onSignOut }: Omit<TopBarProps, "desk">) {
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
        <MenuItem icon={Keyboard} onSelect={onShortcuts}>
          {t("console-shortcuts")}
        </MenuItem>
      </MenuGroup>
      <LanguageGroup />
      <ThemeGroup />
      <MenuGroup label={t("console-session")} quiet>
        <MenuItem icon={LogOut} onSelect={onSignOut}>
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

const THEMES: readonly Theme[] = ["system", "light", "dark"];

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
