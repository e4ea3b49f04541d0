import { X } from "lucide";
import { Button, IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import { type Command, COMMANDS, type Context, manyOf, runCommand, titleOf } from "../commands";
import { progress } from "../many";
import { open } from "../opened";

/** How many are chosen and what can be done with them, over the foot of the list; the rest is in the palette. */
export function SelectionBar({ context }: { context: Context }) {
  const { chosen, desk } = context;
  const under = progress.value;
  if (chosen.length === 0 && !under) return null;
  const possible = COMMANDS.filter((command) => manyOf(command, context).length > 0);
  // One line has room for two buttons in most languages, and the palette has all of them.
  const shown = possible.length > 2 ? possible.slice(0, 1) : possible;
  return (
    <div class="selection-bar" role="region" aria-label={t("many-chosen-label")}>
      <span class="selection-count" role="status">
        {under
          ? t("many-under-way", { done: under.done, total: under.total })
          : t("many-chosen", { count: chosen.length })}
      </span>
      {!under &&
        shown.map((command) => <ManyButton key={command.id} command={command} context={context} />)}
      {!under && possible.length > shown.length && (
        <Button kind="quiet" onClick={() => open("palette")}>
          {t("many-more")}
        </Button>
      )}
      <IconButton icon={X} label={t("many-clear")} onClick={() => desk.selection.clear()} />
      {under && (
        <progress value={under.done} max={under.total} aria-label={t("many-chosen-label")} />
      )}
    </div>
  );
}

function ManyButton({ command, context }: { command: Command; context: Context }) {
  const fitting = manyOf(command, context);
  const partly = fitting.length < context.chosen.length ? ` (${fitting.length})` : "";
  return (
    <Button onClick={() => runCommand(command, context)}>
      {titleOf(command, context) + partly}
    </Button>
  );
}
