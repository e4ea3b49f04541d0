import { ChevronDown } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { soundState } from "../../shared/sound";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { changeAvailability, changeSound } from "../status";
import { Menu, MenuGroup, MenuItem } from "./Menu";

interface StatusMenuProps {
  desk: Desk;
  technician: Technician;
}

/** Available or not, and sound. There once a company of the technician has a portal: before, nothing can come in. */
export function StatusMenu({ desk, technician }: StatusMenuProps) {
  if (!technician.companies.some((company) => company.portal)) return null;
  const { available } = technician;
  const words = t(available ? "console-available" : "console-not-available");
  const face = (
    <>
      <span class="availability-mark" data-available={available} />
      <span class="availability-words">{words}</span>
      <Icon of={ChevronDown} />
    </>
  );
  const choose = (wanted: boolean) => void changeAvailability(desk, available, wanted);
  return (
    <Menu label={t("console-status-menu", { status: words })} button={face}>
      <MenuGroup label={t("console-status-chats")}>
        <MenuItem checked={available} onSelect={() => choose(true)}>
          {t("console-available")}
          <span class="menu-note">{t("console-available-note")}</span>
        </MenuItem>
        <MenuItem checked={!available} onSelect={() => choose(false)}>
          {t("console-not-available")}
          <span class="menu-note">
            {t(`console-not-available-note${technician.hide_incoming ? "" : "-shown"}`)}
          </span>
        </MenuItem>
      </MenuGroup>
      <MenuGroup label={t("console-notifications")}>
        <MenuItem
          kind="checkbox"
          checked={technician.sound}
          onSelect={() => void changeSound(desk, !technician.sound)}
        >
          {t("console-sound")}
          {soundState.value === "blocked" && (
            <span class="menu-note">{t("console-sound-blocked-short")}</span>
          )}
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}
