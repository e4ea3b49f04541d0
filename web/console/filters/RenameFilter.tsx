import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { SavedFilterView } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { codeOf } from "../explain";
import { close, opened } from "../opened";

/** Another name for a saved filter; what it fits stays. Opened as `filter-rename <id>`. */
export function RenameFilter({ desk }: { desk: Desk }) {
  const [what, id] = (opened.value ?? "").split(" ");
  const saved = what === "filter-rename" && desk.saved.all.value.find((one) => one.id === id);
  return (
    <Dialog title={t("filter-rename")} open={Boolean(saved)} onClose={close}>
      {saved && <NameForm key={saved.id} desk={desk} saved={saved} />}
    </Dialog>
  );
}

function NameForm({ desk, saved }: { desk: Desk; saved: SavedFilterView }) {
  const name = useSignal(saved.name);
  const failure = useSignal<unknown>(null);
  const busy = useSignal(false);
  const id = useId();
  const save = async () => {
    if (busy.value || name.value.trim() === "") return;
    busy.value = true;
    failure.value = null;
    try {
      await desk.saved.rename(saved, name.value.trim());
      close();
    } catch (error) {
      failure.value = error;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form
      id={id}
      class="save-filter"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {failure.value !== null && (
        <Banner kind="error" code={codeOf(failure.value)}>
          {errorText(codeOf(failure.value))}
        </Banner>
      )}
      <Field
        label={t("filter-name")}
        name="filter-name"
        autocomplete="off"
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value.slice(0, 60);
        }}
      />
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        <Button kind="primary" type="submit" busy={busy.value}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
