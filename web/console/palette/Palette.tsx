import "../styles/palette.css";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n";
import { type Command, COMMANDS, type Context, titleOf } from "../commands";
import { explain } from "../explain";
import { Finder } from "./Finder";
import { commandLines, type Line, optionLines, recentCommands, rememberCommand } from "./listing";

export interface PaletteProps {
  context: Context;
  /** The command whose options are shown at once, by its id. */
  start: string | null;
  onClose: () => void;
}

/** Everything that can be done, by typing a part of its name; a combobox with a list under it (ARIA 1.2). */
export default function Palette({ context, start, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState<{ command: Command; lines: Line[] | null } | null>(null);
  // At once, and not after it was painted: the next key is meant for it.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const hasGone = useRef(false);
  const leave = () => {
    if (hasGone.current) return;
    hasGone.current = true;
    // The browser gives the focus back before the command may move it on, and says only later that it has closed.
    dialog.current?.close();
    onClose();
  };
  const enter = (command: Command) => {
    setStep({ command, lines: null });
    void optionsOf(command, context).then((lines) =>
      lines ? setStep({ command, lines }) : setStep(null),
    );
  };
  useEffect(() => {
    const command = COMMANDS.find(({ id }) => id === start);
    if (command) enter(command);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- where it begins is said once
  }, [start]);
  const choose = (line: Line) => {
    const { command } = line;
    if (command) rememberCommand(command.id);
    if (command?.options) enter(command);
    else {
      leave();
      line.run();
    }
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/no-noninteractive-element-interactions -- Escape is the keyboard's way, and the browser's own.
    <dialog
      ref={dialog}
      class="palette"
      aria-label={t("console-palette")}
      onCancel={leave}
      onClose={leave}
      onClick={(event) => event.target === dialog.current && leave()}
    >
      <Finder
        key={step?.command.id ?? ""}
        lines={step ? step.lines : commandLines(context)}
        recent={step ? [] : recentCommands()}
        within={step ? titleOf(step.command, context) : null}
        none={step?.command.none ?? "command-nothing"}
        onChoose={choose}
        direct={step?.command.id === start}
        onBack={() => setStep(null)}
      />
    </dialog>
  );
}

async function optionsOf(command: Command, context: Context): Promise<Line[] | null> {
  try {
    return optionLines((await command.options?.(context)) ?? []);
  } catch (error) {
    explain(error);
    return null;
  }
}
