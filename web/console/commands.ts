/**
 * Everything that can be done in the console, once: the palette lists it, the help sheet and the keys are made from it.
 * A feature adds its commands in a file of its own under `commands/` and to `COMMANDS`.
 */
import type { IconNode } from "lucide";
import type { LabelView } from "../shared/generated/rest";
import { t } from "../shared/i18n";
import { actCommands } from "./commands/acts";
import { caseCommands } from "./commands/cases";
import { contactCommands } from "./commands/contacts";
import { inboxCommands } from "./commands/inbox";
import { listCommands } from "./commands/lists";
import { paneCommands } from "./commands/panes";
import { personCommands } from "./commands/person";
import { placeCommands } from "./commands/places";
import { relationCommands } from "./commands/relations";
import { rowCommands } from "./commands/rows";
import type { Desk } from "./desk";
import type { Case, Technician } from "./model";
import { open } from "./opened";
import { route } from "./route";

/** What a command finds when it is looked for, shown or run. */
export interface Context {
  desk: Desk;
  technician: Technician;
  /** The case on screen. */
  item: Case | undefined;
  /** The cases of the list that are chosen, in its order. */
  chosen: readonly Case[];
}

/** One of those that a command asks for in a second step, such as a technician or a label. */
export interface Option {
  id: string;
  title: string;
  /** Other words that it is found by. */
  keywords?: string;
  icon?: IconNode;
  /** In place of the icon: the colour that a label is known by. */
  colour?: LabelView["colour"];
  /** Whether it is the one that holds at present. */
  current?: boolean;
  run: () => void;
}

/** In the order in which an empty palette and the help show them. */
export const COMMAND_GROUPS = ["case", "list", "contact", "go", "status", "look", "help"] as const;

export interface Command {
  /** Stable: what was used lately is remembered by it. */
  id: string;
  group: (typeof COMMAND_GROUPS)[number];
  /** The message that names it, a verb first; or the text itself, where it is not ours (a language's own name). */
  title: string | ((context: Context) => string);
  /** The message that lists other words that it is found by. */
  keywords?: string;
  icon?: IconNode;
  /** A key as `KeyboardEvent.key` says it (`a`, `?`, `Escape`), with `Shift+` or `Mod+` (Ctrl, or Cmd on a Mac), or two one after the other (`g m`). */
  shortcut?: string;
  /** Whether it makes sense now. Missing: always. */
  when?: (context: Context) => boolean;
  /** Only by its key and in the help: moving a row down is nothing to look for. */
  keyOnly?: boolean;
  run?: (context: Context) => void;
  /** For several at once: it is offered while cases are chosen of which some fit, and done with those. */
  many?: {
    fits: (item: Case, context: Context) => boolean;
    /** Those that it is offered for too, though it leaves them as they are and says why: live chats (X25). */
    leaves?: (item: Case) => boolean;
    run: (context: Context, items: readonly Case[]) => void;
  };
  /** In place of `run`: what there is to choose from. */
  options?: (context: Context) => readonly Option[] | Promise<readonly Option[]>;
  /** The message for when there is nothing to choose from: what would have to be made, and where. */
  none?: string;
}

export const COMMANDS: readonly Command[] = [
  ...caseCommands,
  ...actCommands,
  ...relationCommands,
  ...contactCommands,
  ...listCommands,
  ...paneCommands,
  ...rowCommands,
  ...placeCommands,
  ...inboxCommands,
  ...personCommands,
];

/** What stands now for the context of a command; a component that calls it follows what it is made of. */
export function contextOf(desk: Desk, technician: Technician): Context {
  const { page } = route.value;
  const ids = desk.selection.ids.value;
  const rows = page === "cases" && ids.size > 0 ? desk.list.now.value.rows.value : [];
  return {
    desk,
    technician,
    item: desk.selected.value,
    chosen: rows.filter(({ id }) => ids.has(id)),
  };
}

/** The chosen cases that a command can be done with. */
export function manyOf({ many }: Command, context: Context): readonly Case[] {
  return many ? context.chosen.filter((item) => many.fits(item, context)) : [];
}

/** The chosen cases that a command is offered for. */
export function meantOf({ many }: Command, context: Context): readonly Case[] {
  if (!many) return [];
  return context.chosen.filter((item) => many.fits(item, context) || many.leaves?.(item));
}

/** What can be done with the chosen cases goes before what is on screen. */
export function isPossible(command: Command, context: Context): boolean {
  if (command.many && context.chosen.length > 0) return meantOf(command, context).length > 0;
  return command.when?.(context) ?? true;
}

export function runCommand(command: Command, context: Context): void {
  const meant = meantOf(command, context);
  // What there is to choose from is shown by the palette.
  if (command.options) open(`palette ${command.id}`);
  else if (command.many && meant.length > 0) command.many.run(context, meant);
  else command.run?.(context);
}

export function titleOf({ title }: Command, context: Context): string {
  return typeof title === "string" ? t(title) : title(context);
}
