import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import type { NewFilter, SavedFilterView } from "../../shared/generated/rest";
import { TEXT_FIELDS } from "../cases/filter";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { close, opened } from "../opened";
import { go, route } from "../route";
import { toast } from "../toasts";
import { NameForm } from "./NameForm";

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
  const shared = useSignal(own?.shared ?? false);
  const checkId = useId();
  const save = async (name: string, instead: SavedFilterView | undefined) => {
    const wanted = {
      name,
      shared: shared.value,
      list,
      filter: view.filter,
      sort: view.sort === "relevance" ? "created" : view.sort,
      direction: view.direction,
    } as NewFilter;
    const { saved } = desk;
    const kept = await (instead ? saved.change(instead.id, wanted) : saved.add(wanted));
    go({ view: { ...view, saved: kept.id } }, { replace: true });
    toast({ tone: "done", text: t("filter-saved", { name: kept.name }) });
  };
  const anew = (label: string) => ({ label, save: (name: string) => save(name, undefined) });
  return (
    <NameForm
      name={own?.name ?? ""}
      main={
        own ? { label: t("filter-save-changes"), save: (name) => save(name, own) } : anew(t("save"))
      }
      other={own && anew(t("filter-save-new"))}
      blocked={TEXT_FIELDS.some((field) => view.filter[field]) ? "words_not_kept" : undefined}
    >
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
    </NameForm>
  );
}
