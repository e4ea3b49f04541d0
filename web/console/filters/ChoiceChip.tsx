import { X } from "lucide";
import { useEffect } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { without } from "../cases/filter";
import type { PageProps } from "../pages";
import { Menu, MenuGroup, MenuItem } from "../parts/Menu";
import { route } from "../route";
import {
  type ChoiceField,
  chipText,
  choicesOf,
  fieldName,
  isSingle,
  toggled,
  valuesOf,
} from "./fields";
import { focusBar, narrow } from "./view";

interface ChoiceChipProps extends PageProps {
  field: ChoiceField;
  /** Whether it was just taken: its menu is open then. */
  fresh: boolean;
  onDone: () => void;
}

/** One field with what is chosen of it, and the menu to choose otherwise. */
export function ChoiceChip({ desk, technician, field, fresh, onDone }: ChoiceChipProps) {
  const { filter } = route.value.view;
  const chosen = valuesOf(filter, field);
  const choices = choicesOf(field, desk, technician);
  useEffect(() => {
    if (field === "technician") void desk.knowPeople();
  }, [desk, field]);
  const text = chosen.length === 0 ? fieldName(field) : chipText(filter, field, desk, technician);
  return (
    <span class="chip" data-field={field}>
      <Menu
        label={text}
        button={<span class="chip-text">{text}</span>}
        buttonClass="chip-button"
        align="start"
        within=".pane-list"
        opened={fresh}
        onClose={onDone}
      >
        <MenuGroup label={fieldName(field)}>
          {choices.length === 0 && <p class="chip-none">{t("filter-no-choice")}</p>}
          {choices.map(({ value, title, note }) => (
            <MenuItem
              key={value}
              kind={isSingle(field) ? "radio" : "checkbox"}
              checked={chosen.includes(value)}
              onSelect={() => narrow(toggled(route.peek().view.filter, field, value))}
            >
              {title}
              {note && <span class="menu-note">{note}</span>}
            </MenuItem>
          ))}
        </MenuGroup>
      </Menu>
      <IconButton
        icon={X}
        class="chip-remove"
        label={t("filter-remove", { field: fieldName(field) })}
        onClick={() => {
          focusBar();
          onDone();
          narrow(without(route.peek().view.filter, field));
        }}
      />
    </span>
  );
}
