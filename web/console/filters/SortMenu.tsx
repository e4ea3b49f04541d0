import { ArrowDownWideNarrow, ArrowUpNarrowWide } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { View } from "../cases/place";
import { naturalOf, SORTS, type SortName } from "../cases/sorting";
import { Menu, MenuGroup, MenuItem } from "../parts/Menu";
import { sort, turn } from "./view";

/** In which order the list is; what was looked for can be sorted by how well it fits. */
export function SortMenu({ view }: { view: View }) {
  const names: readonly SortName[] = view.filter.q ? ["relevance", ...SORTS] : SORTS;
  const turned = view.direction !== naturalOf(view.sort);
  const name = t(`sort-${view.sort}`);
  const face = (
    <>
      <Icon of={view.direction === "asc" ? ArrowUpNarrowWide : ArrowDownWideNarrow} />
      <span class="sort-name">{name}</span>
    </>
  );
  return (
    <Menu
      label={t("sort-by", { order: name })}
      button={face}
      buttonClass="filter-button"
      within=".pane-list"
    >
      <MenuGroup label={t("sort-title")}>
        {names.map((one) => (
          <MenuItem key={one} checked={one === view.sort} onSelect={() => sort(one)}>
            {t(`sort-${one}`)}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup label={t("sort-direction")} quiet>
        <MenuItem kind="checkbox" checked={turned} onSelect={turn}>
          {t("sort-turned")}
        </MenuItem>
      </MenuGroup>
    </Menu>
  );
}
