import { ChevronDown, Keyboard, LogOut } from "lucide";
import { Avatar } from "../../shared/components/Avatar";
import { Icon } from "../../shared/components/Icon";
import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";
import { setTheme, type Theme, theme } from "../../shared/theme";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { formatRoute, go, route } from "../route";
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
  const cases = { list: route.value.list, caseId: null, details: false };
  const openCases = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(cases);
  };
  return (
    <header class="topbar">
      <Brand />
      <h1 class="visually-hidden">{t("console-cases")}</h1>
      <nav aria-label={t("console-navigation")}>
        <a class="topbar-link" href={formatRoute(cases)} aria-current="page" onClick={openCases}>
          {t("console-cases")}
        </a>
      </nav>
      <span class="topbar-space" />
      <StatusMenu desk={desk} technician={technician} />
      <PersonMenu technician={technician} onShortcuts={onShortcuts} onSignOut={onSignOut} />
    </header>
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
