import { ChevronDown } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Action } from "../cases/pending";
import type { Desk } from "../desk";
import type { Case, CaseState } from "../model";
import { press } from "../press";
import { Menu, MenuGroup, MenuItem } from "./Menu";

const STATES: readonly CaseState[] = ["unassigned", "assigned", "resolved"];

/** What the menu shows: a case is snoozed from a menu of its own, so that stands there only while it is. */
function statesOf(item: Case): readonly CaseState[] {
  const states: readonly CaseState[] = ["pending", ...STATES];
  return item.state === "snoozed" ? [...states, "snoozed"] : states;
}

/** What choosing a state does from the present one; null where it stands there for orientation only. */
function leadsTo(item: Case, state: CaseState): Action | null {
  if (state === item.state) return null;
  if (state === "assigned") return item.state === "resolved" ? "reopen" : "open";
  if (state === "pending") return item.state === "resolved" ? null : "pending";
  return state === "resolved" ? "resolve" : null;
}

/** The state of a case, and what it can become (S35). */
export function StateMenu({ desk, item }: { desk: Desk; item: Case }) {
  const words = t(`console-state-${item.state}`);
  const face = (
    <>
      <span class="state-mark" data-state={item.state} />
      {words}
      <Icon of={ChevronDown} />
    </>
  );
  return (
    <Menu
      label={t("console-case-status", { state: words })}
      button={face}
      buttonClass="state-button"
    >
      <MenuGroup label={t("console-status")}>
        {statesOf(item).map((state) => (
          <MenuItem
            key={state}
            checked={item.state === state}
            disabled={item.state !== state && leadsTo(item, state) === null}
            onSelect={() => {
              const action = leadsTo(item, state);
              if (action) press(desk, item, action);
            }}
          >
            {t(`console-state-${state}`)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
