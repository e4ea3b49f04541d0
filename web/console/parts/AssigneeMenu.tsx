import { ChevronDown, Inbox, UserRound } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case, Person } from "../model";
import { useTeam } from "../team";
import { transfer } from "../transferring";
import { Menu, MenuGroup, MenuItem } from "./Menu";

interface AssigneeProps {
  desk: Desk;
  item: Case;
}

/** Who has the case, and the menu that gives it to somebody else or back to the queue (S37, S41). */
export function AssigneeMenu({ desk, item }: AssigneeProps) {
  const team = useTeam(desk, item.id);
  const me = desk.technician.id;
  const holder = item.assignee?.name || t("console-nobody");
  const face = (
    <>
      {item.assignee?.id === me ? t("console-name-you", { name: holder }) : holder}
      <Icon of={ChevronDown} />
    </>
  );
  const choose = (to: Person | null) => transfer(desk, { items: [item], to, chosen: false });
  if (item.state === "resolved") return <>{holder}</>;
  return (
    <Menu
      label={t("console-assignee-of", { name: holder })}
      button={face}
      buttonClass="state-button"
      align="start"
      within=".pane-details"
    >
      <MenuGroup label={t("console-assign-to")}>
        {team.map((one) => (
          <MenuItem
            key={one.id}
            checked={one.id === item.assignee?.id}
            icon={UserRound}
            onSelect={() => choose(one)}
          >
            {one.id === me ? t("console-name-you", { name: one.name }) : one.name}
            {!one.available && <span class="menu-note">{t("console-not-available")}</span>}
          </MenuItem>
        ))}
      </MenuGroup>
      {item.assignee && (
        <MenuGroup label={t("console-queue")} quiet>
          <MenuItem icon={Inbox} onSelect={() => choose(null)}>
            {t("console-to-queue")}
          </MenuItem>
        </MenuGroup>
      )}
    </Menu>
  );
}
