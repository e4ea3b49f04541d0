import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { close, opened } from "../opened";
import { NameForm } from "./NameForm";

/** Another name for a saved filter; what it fits stays. Opened as `filter-rename <id>`. */
export function RenameFilter({ desk }: { desk: Desk }) {
  const [what, id] = (opened.value ?? "").split(" ");
  const saved = what === "filter-rename" && desk.saved.all.value.find((one) => one.id === id);
  return (
    <Dialog title={t("filter-rename")} open={Boolean(saved)} onClose={close}>
      {saved && (
        <NameForm
          key={saved.id}
          name={saved.name}
          main={{ label: t("save"), save: (name) => desk.saved.rename(saved, name) }}
        />
      )}
    </Dialog>
  );
}
