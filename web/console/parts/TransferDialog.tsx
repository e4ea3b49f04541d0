import { useSignal } from "@preact/signals";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { TextArea } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { PageProps } from "../pages";
import { give, giving } from "../transferring";

/** Why cases are given on: a private note, for one and for many, however it was begun. */
export default function TransferDialog({ desk }: PageProps) {
  const note = useSignal("");
  const asked = giving.value;
  if (!asked) return null;
  const { items, to } = asked;
  const close = () => {
    giving.value = null;
  };
  const done = () => {
    close();
    give(desk, asked, note.value.trim());
  };
  const title = to ? t("console-transfer-to", { name: to.name }) : t("console-to-queue");
  return (
    <Dialog
      title={title}
      open
      onClose={close}
      steady={note.value !== ""}
      actions={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" onClick={done}>
            {items.length > 1 && to ? title : t(to ? "console-transfer" : "console-to-queue-short")}
          </Button>
        </>
      }
    >
      {items.length > 1 && <p>{t("many-chosen", { count: items.length })}</p>}
      <TextArea
        name="note"
        label={t("console-transfer-note")}
        hint={t("console-transfer-hint")}
        required={false}
        value={note.value}
        onInput={(event) => {
          note.value = event.currentTarget.value;
        }}
      />
    </Dialog>
  );
}
