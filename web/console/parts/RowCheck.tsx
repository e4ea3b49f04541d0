import { t } from "../../shared/i18n";
import { type Case, customerName } from "../model";

interface RowCheckProps {
  item: Case;
  chosen: boolean;
  tabStop: boolean;
  onCheck: (id: string, range: boolean) => void;
}

/** Chooses a case for doing something with several: seen on a row that is pointed at or has the focus, or is chosen. */
export function RowCheck({ item, chosen, tabStop, onCheck }: RowCheckProps) {
  const name = customerName(item);
  return (
    <label class="row-check">
      <input
        type="checkbox"
        checked={chosen}
        tabIndex={tabStop ? 0 : -1}
        aria-label={t("console-choose", { name, number: String(item.number) })}
        // A click with Shift would mark text.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => onCheck(item.id, event.shiftKey)}
      />
    </label>
  );
}
