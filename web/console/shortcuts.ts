import { useEffect } from "preact/hooks";
import { type Command, COMMANDS, type Context, isPossible, runCommand } from "./commands";
import { nameOfKey } from "./keys";
import { opened } from "./opened";

/** How long the first of two keys waits for the second. */
const BETWEEN_MS = 1_200;

/** Whether a key belongs to what has the focus and not to us. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.repeat || event.defaultPrevented || event.isComposing) return true;
  if (document.querySelector("dialog[open]")) return true;
  // What is typed for the palette, while its code is still on the way, resolves no case.
  if (opened.peek()?.startsWith("palette")) return true;
  // What is typed with Ctrl or Cmd writes nothing, nor does a function key.
  if (event.ctrlKey || event.metaKey || /^(Escape|F\d+)$/.test(event.key)) return false;
  const target = event.target as HTMLElement;
  const writes = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  return target.closest(`${writes}, [role=menu]`) !== null;
}

/** Hears the keys of all commands; the first of two is remembered for a moment. */
export class Shortcuts {
  private first = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly commands: readonly Command[] = COMMANDS) {}

  /** Runs what the key stands for at this moment, and says whether it stands for anything. */
  press(event: KeyboardEvent, context: Context): boolean {
    if (isTaken(event)) return false;
    const key = nameOfKey(event);
    if (key === null) return false;
    const pressed = `${this.first}${key}`;
    this.forget();
    const command = this.find(pressed, context);
    if (command) runCommand(command, context);
    else if (this.begins(`${pressed} `)) this.remember(`${pressed} `);
    else return false;
    return true;
  }

  private find(shortcut: string, context: Context): Command | undefined {
    return this.commands.find(
      (command) => command.shortcut === shortcut && isPossible(command, context),
    );
  }

  private begins(keys: string): boolean {
    return this.commands.some(({ shortcut }) => shortcut?.startsWith(keys));
  }

  private remember(keys: string): void {
    this.first = keys;
    this.timer = setTimeout(() => this.forget(), BETWEEN_MS);
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.first = "";
  }
}

export function useShortcuts(contextNow: () => Context): void {
  useEffect(() => {
    const shortcuts = new Shortcuts();
    const onKey = (event: KeyboardEvent) => {
      if (shortcuts.press(event, contextNow())) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [contextNow]);
}
