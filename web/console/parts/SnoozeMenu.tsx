import { useSignal } from "@preact/signals";
import { AlarmClock, CalendarClock, MessageCircleReply, Sunrise } from "lucide";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Field } from "../../shared/components/Field";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { close, open, opened } from "../opened";
import { press } from "../press";
import { snoozeText } from "../snoozing";
import { ZONE } from "../zone";
import { Menu, MenuGroup, MenuItem } from "./Menu";

const CHOICES = [
  ["reply", MessageCircleReply],
  ["tomorrow", Sunrise],
  ["next_week", CalendarClock],
] as const;

/** Puts the case off (S36): until the customer writes, tomorrow, next week, or a chosen time. */
export function SnoozeMenu({ desk, item }: { desk: Desk; item: Case }) {
  const snooze = (until: string) => press(desk, item, { do: "snooze", until, time_zone: ZONE });
  return (
    <>
      <Menu
        label={t("console-snooze")}
        buttonClass="snooze-button"
        button={<Icon of={AlarmClock} />}
      >
        <MenuGroup label={t("console-snooze-until")}>
          {CHOICES.map(([until, icon]) => (
            <MenuItem key={until} icon={icon} onSelect={() => snooze(until)}>
              {snoozeText(until)}
            </MenuItem>
          ))}
          <MenuItem icon={AlarmClock} onSelect={() => open("snooze-time")}>
            {t("console-snooze-chosen")}
          </MenuItem>
        </MenuGroup>
      </Menu>
      <ChosenTime open={opened.value === "snooze-time"} onClose={close} onChoose={snooze} />
    </>
  );
}

interface ChosenTimeProps {
  open: boolean;
  onClose: () => void;
  onChoose: (until: string) => void;
}

function ChosenTime({ open, onClose, onChoose }: ChosenTimeProps) {
  const value = useSignal("");
  const late = useSignal(false);
  const choose = () => {
    const at = new Date(value.value);
    late.value = !(at.getTime() > Date.now());
    if (late.value) return;
    onChoose(at.toISOString());
    onClose();
  };
  return (
    <Dialog
      title={t("console-snooze-chosen")}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" onClick={choose}>
            {t("console-snooze-short")}
          </Button>
        </>
      }
    >
      <Field
        name="until"
        // The browser's own calendar and clock, in the viewer's way of writing them.
        type={"datetime-local" as "text"}
        label={t("console-snooze-time")}
        error={late.value ? t("error-snooze-in-past") : undefined}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
      />
    </Dialog>
  );
}
