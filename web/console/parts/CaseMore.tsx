import { useSignal } from "@preact/signals";
import {
  Bell,
  BellOff,
  Ellipsis,
  FilePlus2,
  Flag,
  FlagOff,
  GitMerge,
  PenLine,
  ShieldAlert,
  ShieldCheck,
} from "lucide";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Field } from "../../shared/components/Field";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import { startCase } from "../making/make";
import { mayMerge, merging } from "../merging/merge";
import type { Case } from "../model";
import { close, open, opened } from "../opened";
import { press } from "../press";
import { MacroItems } from "./MacroItems";
import { Menu, MenuGroup, MenuItem } from "./Menu";

const PRIORITIES = ["urgent", "high", "normal", "low"] as const;

/** What else can be done to a case: name it, flag it, say how urgent it is, let it be quiet, call it spam. */
export function CaseMore({ desk, item }: { desk: Desk; item: Case }) {
  return (
    <>
      <Menu label={t("console-more")} button={<Icon of={Ellipsis} />} buttonClass="more-button">
        <MenuGroup label={t("console-more")} quiet>
          <MenuItem icon={PenLine} onSelect={() => open("rename")}>
            {t("console-rename")}
          </MenuItem>
          <MenuItem
            icon={item.flagged ? FlagOff : Flag}
            onSelect={() => press(desk, item, { do: "flag", flagged: !item.flagged })}
          >
            {t(item.flagged ? "console-unflag" : "console-flag")}
          </MenuItem>
          <MenuItem
            icon={item.muted ? Bell : BellOff}
            onSelect={() => press(desk, item, { do: "mute", muted: !item.muted })}
          >
            {t(item.muted ? "console-unmute" : "console-mute")}
          </MenuItem>
          <MenuItem
            icon={item.spam ? ShieldCheck : ShieldAlert}
            onSelect={() => press(desk, item, { do: "spam", spam: !item.spam })}
          >
            {t(item.spam ? "console-no-spam" : "console-spam")}
          </MenuItem>
          <MenuItem icon={FilePlus2} onSelect={() => startCase({ from: item })}>
            {t("make-from-menu")}
          </MenuItem>
          {mayMerge(item) && (
            <MenuItem
              icon={GitMerge}
              onSelect={() => {
                merging.value = item;
              }}
            >
              {t("merge-menu")}
            </MenuItem>
          )}
        </MenuGroup>
        <MacroItems desk={desk} item={item} />
        <MenuGroup label={t("console-priority")}>
          {PRIORITIES.map((priority) => (
            <MenuItem
              key={priority}
              checked={item.priority === priority}
              onSelect={() => press(desk, item, { do: "priority", priority })}
            >
              {t(`console-priority-${priority}`)}
            </MenuItem>
          ))}
        </MenuGroup>
      </Menu>
      <Rename
        key={`${item.id}${item.title}`}
        desk={desk}
        item={item}
        open={opened.value === "rename"}
        onClose={close}
      />
    </>
  );
}

interface RenameProps {
  desk: Desk;
  item: Case;
  open: boolean;
  onClose: () => void;
}

function Rename({ desk, item, open, onClose }: RenameProps) {
  const title = useSignal(item.title);
  const save = () => {
    press(desk, item, { do: "title", title: title.value.trim() });
    onClose();
  };
  return (
    <Dialog
      title={t("console-rename")}
      open={open}
      onClose={onClose}
      steady={title.value !== item.title}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" onClick={save}>
            {t("save")}
          </Button>
        </>
      }
    >
      <Field
        name="title"
        label={t("console-title")}
        hint={t("console-title-hint")}
        required={false}
        value={title.value}
        onInput={(event) => {
          title.value = event.currentTarget.value.slice(0, 200);
        }}
      />
    </Dialog>
  );
}
