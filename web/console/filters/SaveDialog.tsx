import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { NewFilter, SavedFilterView } from "../../shared/generated/rest";
import { TEXT_FIELDS } from "../cases/filter";
import type { Desk } from "../desk";
import { codeOf } from "../explain";
import type { Technician } from "../model";
import { close, opened } from "../opened";
import { go, route } from "../route";
import { toast } from "../toasts";

interface SaveDialogProps {
  desk: Desk;
  technician: Technician;
}

export function mayChange(saved: SavedFilterView, technician: Technician): boolean {
  return saved.mine || technician.role === "administrator";
}

/** Gives the list on screen a name, for oneself or for everybody; or keeps it under the name that it was opened by. */
export function SaveDialog({ desk, technician }: SaveDialogProps) {
  return (
    <Dialog title={t("filter-save")} open={opened.value === "filter-save"} onClose={close}>
      <SaveForm desk={desk} technician={technician} />
    </Dialog>
  );
}

function SaveForm({ desk, technician }: SaveDialogProps) {
  const { list, view } = route.value;
  const known = desk.saved.all.value.find(({ id }) => id === view.saved);
  const own = known && mayChange(known, technician) ? known : undefined;
  const name = useSignal(own?.name ?? "");
  const shared = useSignal(own?.shared ?? false);
  const failure = useSignal<unknown>(null);
  const busy = useSignal(false);
  const worded = TEXT_FIELDS.some((field) => view.filter[field]);
  const checkId = useId();
  const save = async (instead: SavedFilterView | undefined) => {
    if (name.value.trim() === "" || worded) return;
    const wanted = {
      name: name.value.trim(),
      shared: shared.value,
      list,
      filter: view.filter,
      sort: view.sort === "relevance" ? "created" : view.sort,
      direction: view.direction,
    } as NewFilter;
    busy.value = true;
    failure.value = null;
    try {
      const { saved } = desk;
      const kept = await (instead ? saved.change(instead.id, wanted) : saved.add(wanted));
      close();
      go({ view: { ...view, saved: kept.id } }, { replace: true });
      toast({ tone: "done", text: t("filter-saved", { name: kept.name }) });
    } catch (error) {
      failure.value = error;
    } finally {
      busy.value = false;
    }
  };
  return (
    <form
      class="save-filter"
      onSubmit={(event) => {
        event.preventDefault();
        void save(own);
      }}
    >
      {worded && <Banner kind="warning">{errorText("words_not_kept")}</Banner>}
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
      <p class="save-shared">
        <input
          type="checkbox"
          id={checkId}
          checked={shared.value}
          onChange={(event) => {
            shared.value = event.currentTarget.checked;
          }}
        />
        <label for={checkId}>{t("filter-share")}</label>
      </p>
      <div class="dialog-actions">
        <Button onClick={close}>{t("cancel")}</Button>
        {own && (
          <Button
            kind="quiet"
            busy={busy.value}
            disabled={worded}
            onClick={() => void save(undefined)}
          >
            {t("filter-save-new")}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={busy.value} disabled={worded}>
          {t(own ? "filter-save-changes" : "save")}
        </Button>
      </div>
    </form>
  );
}
