import { Plus, X } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { LabelView } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { press } from "../press";
import { Menu, MenuGroup, MenuItem } from "./Menu";
import { PlaceLink } from "./PlaceLink";

/** A label as a case wears it: its colour is never the only sign, so its title stands in it. */
export function LabelChip({ label }: { label: LabelView }) {
  return (
    <span class="label-chip" data-colour={label.colour} dir="auto">
      {label.title}
    </span>
  );
}

/** The labels of a case (S38): put on from a menu, taken off at the label itself. */
export function CaseLabels({ desk, item }: { desk: Desk; item: Case }) {
  const worn = desk.labels.of(item.labels);
  const change = (add: string[], remove: string[]) =>
    press(desk, item, { do: "label", add, remove });
  return (
    <section aria-label={t("console-labels")}>
      <h3 class="details-heading">{t("console-labels")}</h3>
      <div class="labels">
        {worn.map((label) => (
          <span key={label.id} class="label-worn">
            <LabelChip label={label} />
            <button
              type="button"
              class="label-off"
              aria-label={t("console-label-remove", { title: label.title })}
              onClick={() => change([], [label.id])}
            >
              <Icon of={X} />
            </button>
          </span>
        ))}
        <AddLabel desk={desk} item={item} onChange={change} />
      </div>
    </section>
  );
}

interface AddLabelProps {
  desk: Desk;
  item: Case;
  onChange: (add: string[], remove: string[]) => void;
}

function AddLabel({ desk, item, onChange }: AddLabelProps) {
  const usable = desk.labels.usable.value;
  if (!desk.labels.known.value) return null;
  if (usable.length === 0)
    return (
      <p class="details-none">
        {t("console-labels-none")}{" "}
        <PlaceLink to={{ page: "settings", place: "labels" }}>{t("console-labels-make")}</PlaceLink>
      </p>
    );
  const face = (
    <>
      <Icon of={Plus} />
      {t("console-labels-add")}
    </>
  );
  return (
    <Menu label={t("console-labels-add")} button={face} buttonClass="label-add" align="start">
      <MenuGroup label={t("console-labels")} quiet>
        {usable.map((label) => {
          const on = item.labels.includes(label.id);
          return (
            <MenuItem
              key={label.id}
              kind="checkbox"
              checked={on}
              onSelect={() => (on ? onChange([], [label.id]) : onChange([label.id], []))}
            >
              <LabelChip label={label} />
            </MenuItem>
          );
        })}
      </MenuGroup>
    </Menu>
  );
}
