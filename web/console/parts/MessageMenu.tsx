import { Copy, EllipsisVertical, Split, Trash2 } from "lucide";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Entry } from "../../shared/wire";
import type { Desk } from "../desk";
import { startCase } from "../making/make";
import { copyMessage, mayDelete, toDelete } from "../messages";
import { deleteMessage } from "../sending";
import { Menu, MenuItem } from "./Menu";

interface MessageMenuProps {
  desk: Desk;
  caseId: string;
  entry: Entry;
}

/** The menu of one message (S51). */
export function MessageMenu({ desk, caseId, entry }: MessageMenuProps) {
  // Looked up when it is wanted: there is a menu for each of very many messages.
  const split = () => {
    const from = desk.store.cases.peek().get(caseId);
    if (from) startCase({ from, entry });
  };
  const ask = () => {
    toDelete.value = { caseId, entry };
  };
  return (
    <Menu
      label={t("console-message-menu")}
      button={<Icon of={EllipsisVertical} />}
      buttonClass="message-menu"
      within=".messages"
    >
      <MenuItem icon={Copy} onSelect={() => void copyMessage(entry)}>
        {t("console-message-copy")}
      </MenuItem>
      {entry.author.kind === "customer" && !entry.deleted && (
        <MenuItem icon={Split} onSelect={split}>
          {t("make-split-menu")}
        </MenuItem>
      )}
      {mayDelete(desk, entry) && (
        <MenuItem icon={Trash2} onSelect={ask}>
          {t("console-message-delete")}
        </MenuItem>
      )}
    </Menu>
  );
}

/** Asks before a message is deleted: its text cannot be had back. */
export function DeleteMessageDialog({ desk }: { desk: Desk }) {
  const asked = toDelete.value;
  const close = () => {
    toDelete.value = null;
  };
  const confirm = () => {
    close();
    if (asked) void deleteMessage(desk, asked.caseId, asked.entry);
  };
  return (
    <Dialog
      title={t("console-message-delete-question")}
      open={asked !== null}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="danger" onClick={confirm}>
            {t("console-message-delete")}
          </Button>
        </>
      }
    >
      <p>{t("console-message-delete-text")}</p>
      <blockquote class="quoted">{asked?.entry.text}</blockquote>
    </Dialog>
  );
}
