import { Search, Zap } from "lucide";
import { t } from "../../shared/i18n";
import { actOfMacro } from "../automation/macros";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { open } from "../opened";
import { press } from "../press";
import { MenuGroup, MenuItem } from "./Menu";

/** So many stand in the menu; the palette has all of them. */
const MACROS_SHOWN = 6;

/** The macros in the menu of a case. */
export function MacroItems({ desk, item }: { desk: Desk; item: Case }) {
  const macros = desk.macros.all.value;
  if (macros.length === 0) return null;
  return (
    <MenuGroup label={t("console-macros")}>
      {macros.slice(0, MACROS_SHOWN).map((macro) => (
        <MenuItem key={macro.id} icon={Zap} onSelect={() => press(desk, item, actOfMacro(macro))}>
          {macro.name}
        </MenuItem>
      ))}
      {macros.length > MACROS_SHOWN && (
        <MenuItem icon={Search} onSelect={() => open("palette case.macro")}>
          {t("console-macros-all")}
        </MenuItem>
      )}
    </MenuGroup>
  );
}
