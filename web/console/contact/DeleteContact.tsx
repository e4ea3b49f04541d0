import { Trash2 } from "lucide";
import { useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { Button, IconButton } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { t } from "../../shared/i18n";
import { close, open, opened } from "../opened";

interface DeleteProps {
  /** Deletes it; throws when it could not be. */
  onDelete: () => Promise<unknown>;
  onDeleted: () => void;
}

/** For administrators. What cannot be undone is asked for twice. */
export function DeleteContact({ onDelete, onDeleted }: DeleteProps) {
  const action = useMemo(() => new Action(), []);
  const confirm = async () => {
    if (!(await action.run(onDelete))) return;
    close();
    onDeleted();
  };
  return (
    <>
      <IconButton
        icon={Trash2}
        label={t("contact-delete")}
        aria-haspopup="dialog"
        onClick={() => open("contact-delete")}
      />
      <Dialog
        title={t("contact-delete-question")}
        open={opened.value === "contact-delete"}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button kind="danger" busy={action.busy.value} onClick={() => void confirm()}>
              {t("contact-delete")}
            </Button>
          </>
        }
      >
        <FailureBanner failure={action.failure.value} />
        <p>{t("contact-delete-text")}</p>
      </Dialog>
    </>
  );
}
