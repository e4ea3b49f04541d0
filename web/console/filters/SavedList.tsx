import { useSignal } from "@preact/signals";
import { ChevronDown, Ellipsis, PenLine, Trash, UsersRound } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { load, save } from "../../shared/local";
import type { SavedFilterView } from "../../shared/generated/rest";
import { formatNumber } from "../numbers";
import { viewOf } from "../cases/saved";
import type { PageProps } from "../pages";
import { Menu, MenuItem } from "../parts/Menu";
import { PlaceLink } from "../parts/PlaceLink";
import { open } from "../opened";
import { route } from "../route";
import { mayChange } from "./SaveDialog";
import { removeFilter } from "./view";

const FOLDED = "deskbus.saved-filters-folded";

/** The saved filters under the three lists, each with how many cases it has at this moment. */
export function SavedList(props: PageProps) {
  const all = props.desk.saved.all.value;
  const folded = useSignal(load<boolean>(FOLDED) ?? false);
  if (all.length === 0) return null;
  return (
    <nav class="saved-filters" aria-label={t("filter-saved-title")}>
      <button
        type="button"
        class="saved-fold"
        aria-expanded={!folded.value}
        onClick={() => {
          folded.value = !folded.value;
          save(FOLDED, folded.value);
        }}
      >
        {t("filter-saved-title")}
        <Icon of={ChevronDown} />
      </button>
      {!folded.value && (
        <ul>
          {all.map((saved) => (
            <SavedRow key={saved.id} {...props} saved={saved} />
          ))}
        </ul>
      )}
    </nav>
  );
}

function SavedRow({ desk, technician, saved }: PageProps & { saved: SavedFilterView }) {
  const here = route.value.view.saved === saved.id;
  const place = { page: "cases", list: saved.list, view: viewOf(saved) } as const;
  return (
    <li class="saved-row" data-here={here}>
      <PlaceLink to={place} class="saved-link" aria-current={here ? "page" : undefined}>
        <span class="saved-name" dir="auto">
          {saved.name}
        </span>
        {saved.shared && (
          <span class="saved-shared" title={t("filter-shared")}>
            <Icon of={UsersRound} />
            <span class="visually-hidden">{t("filter-shared")}</span>
          </span>
        )}
        <span class="tab-count" data-testid={`saved-count-${saved.name}`}>
          {saved.more ? `${formatNumber(saved.count)}+` : formatNumber(saved.count)}
        </span>
      </PlaceLink>
      {mayChange(saved, technician) && (
        <Menu
          label={t("filter-actions", { name: saved.name })}
          button={<Icon of={Ellipsis} />}
          buttonClass="saved-menu"
          within=".pane-list"
        >
          <MenuItem icon={PenLine} onSelect={() => open(`filter-rename ${saved.id}`)}>
            {t("filter-rename")}
          </MenuItem>
          <MenuItem icon={Trash} onSelect={() => void removeFilter(desk, saved)}>
            {t("filter-delete")}
          </MenuItem>
        </Menu>
      )}
    </li>
  );
}
