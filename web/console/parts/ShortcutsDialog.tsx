import "../styles/shortcuts.css";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import { type Command, COMMAND_GROUPS, COMMANDS, type Context, titleOf } from "../commands";
import { close, opened } from "../opened";
import { Keys } from "./Keys";

/** Every key of the registry, by what it is about. */
export function ShortcutsDialog({ context }: { context: Context }) {
  const keyed = COMMANDS.filter((command) => command.shortcut);
  const actions = <Button onClick={close}>{t("close")}</Button>;
  return (
    <Dialog
      title={t("console-shortcuts")}
      open={opened.value === "shortcuts"}
      onClose={close}
      actions={actions}
      class="shortcuts-dialog"
      toRead
    >
      <div class="shortcuts-columns">
        {COMMAND_GROUPS.map((group) => (
          <ShortcutGroup
            key={group}
            name={t(`command-group-${group}`)}
            commands={keyed.filter((command) => command.group === group)}
            context={context}
          />
        ))}
      </div>
    </Dialog>
  );
}

interface ShortcutGroupProps {
  name: string;
  commands: readonly Command[];
  context: Context;
}

function ShortcutGroup({ name, commands, context }: ShortcutGroupProps) {
  if (commands.length === 0) return null;
  return (
    <section>
      <h3 class="shortcuts-heading">{name}</h3>
      <dl class="shortcuts">
        {commands.map((command) => (
          <div key={command.id}>
            <dt>
              <Keys of={command.shortcut ?? ""} />
            </dt>
            <dd>{titleOf(command, context)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
