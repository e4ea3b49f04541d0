import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { Typed } from "./assignment";
import type { Draft } from "./draft";

/** How many of each kind; with a hint for one technician, whose numbers may stay empty. */
export function CapacityFields({ draft, hint }: { draft: Draft<Typed>; hint?: Typed }) {
  return (
    <div class="capacity-fields">
      <Field
        label={t("settings-assignment-chats")}
        type="number"
        required={!hint}
        hint={hint && t("settings-assignment-default", { number: Number(hint.chats) })}
        {...draft.text("chats")}
      />
      <Field
        label={t("settings-assignment-cases")}
        type="number"
        required={!hint}
        hint={hint && t("settings-assignment-default", { number: Number(hint.cases) })}
        {...draft.text("cases")}
      />
    </div>
  );
}
