import { BookmarkPlus, ListFilter, Search } from "lucide";
import { Button, IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { isEmpty } from "../cases/filter";
import { isPlain, type View, writeView } from "../cases/place";
import { viewOf } from "../cases/saved";
import type { Desk } from "../desk";
import type { PageProps } from "../pages";
import { Menu, MenuGroup, MenuItem } from "../parts/Menu";
import { route } from "../route";
import { open } from "../opened";
import { adding } from "./adding";
import { ChoiceChip } from "./ChoiceChip";
import { CHOICES, type ChoiceField, fieldName, SIGNS, TEXTS, type TextField } from "./fields";
import { RenameFilter } from "./RenameFilter";
import { SaveDialog } from "./SaveDialog";
import { SortMenu } from "./SortMenu";
import { TextChip } from "./TextChip";
import { clear } from "./view";

/** What the list is narrowed down to, a chip for each field, and its order (S44, S64). */
export function FilterBar(props: PageProps) {
  const { view } = route.value;
  const { filter } = view;
  const there = (field: ChoiceField | TextField) =>
    filter[field] !== undefined || adding.value === field;
  const done = () => {
    adding.value = null;
  };
  const chips = [...CHOICES, ...TEXTS].some(there);
  return (
    <div class="filter-bar" role="group" aria-label={t("filter-bar")}>
      <div class="filter-row">
        <FieldMenu
          there={there}
          onAdd={(field) => {
            adding.value = field;
          }}
        />
        <span class="filter-space" />
        {!isPlain(view) && !isSaved(props.desk, view) && (
          <IconButton
            icon={BookmarkPlus}
            label={t("filter-save")}
            onClick={() => open("filter-save")}
          />
        )}
        <SortMenu view={view} />
      </div>
      {chips && (
        <div class="filter-row filter-chips">
          {CHOICES.filter(there).map((field) => (
            <ChoiceChip
              key={field}
              {...props}
              field={field}
              fresh={adding.value === field}
              onDone={done}
            />
          ))}
          {TEXTS.filter(there).map((field) => (
            <TextChip key={field} field={field} fresh={adding.value === field} onDone={done} />
          ))}
          {!isEmpty(filter) && (
            <Button kind="quiet" class="filter-clear" onClick={clear}>
              {t("filter-clear")}
            </Button>
          )}
        </div>
      )}
      <SaveDialog desk={props.desk} technician={props.technician} />
      <RenameFilter desk={props.desk} />
    </div>
  );
}

/** Whether the list on screen is the saved filter that it was opened by, unchanged. */
export function isSaved(desk: Desk, view: View): boolean {
  const saved = desk.saved.all.value.find(({ id }) => id === view.saved);
  return saved !== undefined && String(writeView(viewOf(saved))) === String(writeView(view));
}

interface FieldMenuProps {
  there: (field: ChoiceField | TextField) => boolean;
  onAdd: (field: ChoiceField | TextField) => void;
}

function FieldMenu({ there, onAdd }: FieldMenuProps) {
  const face = (
    <>
      <Icon of={ListFilter} />
      {t("filter-add")}
    </>
  );
  return (
    <Menu
      label={t("filter-add")}
      button={face}
      buttonClass="filter-button"
      align="start"
      within=".pane-list"
    >
      <MenuGroup label={t("filter-by")} quiet>
        {CHOICES.filter((field) => !there(field)).map((field) => (
          <MenuItem key={field} icon={SIGNS[field]} onSelect={() => onAdd(field)}>
            {fieldName(field)}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup label={t("filter-by-words")} quiet>
        {TEXTS.filter((field) => !there(field)).map((field) => (
          <MenuItem key={field} icon={Search} onSelect={() => onAdd(field)}>
            {fieldName(field)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
