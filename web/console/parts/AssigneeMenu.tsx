import { useSignal } from "@preact/signals";
import { ChevronDown, Inbox, UserRound } from "lucide";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { TextArea } from "../../shared/components/Field";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { Case, Person } from "../model";
import { press } from "../press";
import { useTeam } from "../team";
import { Menu, MenuGroup, MenuItem } from "./Menu";

interface AssigneeProps {
  desk: Desk;
  item: Case;
}

/** Who has the case, and the menu that gives it to somebody else or back to the queue (S37, S41). */
export function AssigneeMenu({ desk, item }: AssigneeProps) {
  const team = useTeam(desk, item.id);
  const giving = useSignal<{ to: Person | null } | null>(null);
  const me = desk.technician.id;
  const holder = item.assignee?.name || t("console-nobody");
  const face = (
    <>
      {item.assignee?.id === me ? t("console-name-you", { name: holder }) : holder}
      <Icon of={ChevronDown} />
    </>
  );
  const choose = (to: Person | null) => {
    if (to?.id === item.assignee?.id) return;
    // Taking it oneself needs no explanation; whoever else gets it wants to know why.
    if (to?.id === me) press(desk, item, { do: "transfer", to, note: "" });
    else giving.value = { to };
  };
  if (item.state === "resolved") return <>{holder}</>;
  return (
    <>
      <Menu
        label={t("console-assignee-of", { name: holder })}
        button={face}
        buttonClass="state-button"
        align="start"
        within=".pane-details"
      >
        <MenuGroup label={t("console-assign-to")}>
          {team.map((one) => (
            <MenuItem
              key={one.id}
              checked={one.id === item.assignee?.id}
              icon={UserRound}
              onSelect={() => choose(one)}
            >
              {one.id === me ? t("console-name-you", { name: one.name }) : one.name}
              {!one.available && <span class="menu-note">{t("console-not-available")}</span>}
            </MenuItem>
          ))}
        </MenuGroup>
        {item.assignee && (
          <MenuGroup label={t("console-queue")} quiet>
            <MenuItem icon={Inbox} onSelect={() => choose(null)}>
              {t("console-to-queue")}
            </MenuItem>
          </MenuGroup>
        )}
      </Menu>
      <TransferDialog desk={desk} item={item} giving={giving} />
    </>
  );
}

interface TransferDialogProps extends AssigneeProps {
  giving: { value: { to: Person | null } | null };
}

/** Why it is given on: a private note that stands before the transfer, and may stay empty. */
function TransferDialog({ desk, item, giving }: TransferDialogProps) {
  const note = useSignal("");
  const close = () => {
    giving.value = null;
    note.value = "";
  };
  const give = () => {
    const { to } = giving.value ?? { to: null };
    try {
      press(desk, item, { do: "transfer", to, note: note.value.trim() });
      close();
    } catch (error) {
      explain(error);
    }
  };
  const to = giving.value?.to;
  return (
    <Dialog
      title={to ? t("console-transfer-to", { name: to.name }) : t("console-to-queue")}
      open={giving.value !== null}
      onClose={close}
      steady={note.value !== ""}
      actions={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button kind="primary" onClick={give}>
            {t(to ? "console-transfer" : "console-to-queue-short")}
          </Button>
        </>
      }
    >
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
