import { ChevronDown } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { setSound, soundState } from "../../shared/sound";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { Technician } from "../model";
import { updateTechnician } from "../session";
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

export async function changeAvailability(
  desk: Desk,
  before: boolean,
  wanted: boolean,
): Promise<void> {
  if (before === wanted) return;
  updateTechnician({ available: wanted });
  try {
    updateTechnician(await desk.backend.setAvailable(wanted));
  } catch (error) {
    updateTechnician({ available: before });
    explain(error);
  }
}

/** Called from a click, which is what a browser asks for before it plays anything. */
export async function changeSound(desk: Desk, wanted: boolean): Promise<void> {
  updateTechnician({ sound: wanted });
  void setSound(wanted);
  try {
    updateTechnician(await desk.backend.setSound(wanted));
  } catch (error) {
    updateTechnician({ sound: !wanted });
    void setSound(!wanted);
    explain(error);
  }
}
