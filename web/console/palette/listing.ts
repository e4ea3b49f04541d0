import { t } from "../../shared/i18n";
import { load, save } from "../../shared/local";
import {
  type Command,
  COMMANDS,
  type Context,
  isPossible,
  meantOf,
  type Option,
  runCommand,
  titleOf,
} from "../commands";
import { score } from "./match";

const RECENT = "deskbus.recent-commands";
const REMEMBERED = 6;

/** A line of the palette: a command, or one of the options of a command. */
export interface Line {
  id: string;
  title: string;
  keywords: string;
  icon: Option["icon"];
  colour?: Option["colour"];
  shortcut: string | undefined;
  current: boolean;
  /** The heading it stands under while nothing is typed; beside it otherwise. */
  group: string;
  command: Command | null;
  run: () => void;
}

export interface Listing {
  heading: string | null;
  lines: Line[];
}

export function recentCommands(): string[] {
  return load<string[]>(RECENT) ?? [];
}

export function rememberCommand(id: string): void {
  save(RECENT, [id, ...recentCommands().filter((one) => one !== id)].slice(0, REMEMBERED));
}

/** Everything that can be done now, as lines. */
export function commandLines(context: Context): Line[] {
  return COMMANDS.filter((command) => !command.keyOnly && isPossible(command, context)).map(
    (command) => ({
      id: command.id,
      title: titleOf(command, context),
      keywords: command.keywords ? t(command.keywords) : "",
      icon: command.icon,
      shortcut: command.shortcut,
      current: false,
      group: headingOf(command, context),
      command,
      run: () => runCommand(command, context),
    }),
  );
}

function headingOf(command: Command, context: Context): string {
  const many = meantOf(command, context).length;
  return many > 0 ? t("many-chosen", { count: many }) : t(`command-group-${command.group}`);
}

export function optionLines(options: readonly Option[]): Line[] {
  return options.map((option) => ({
    id: option.id,
    title: option.title,
    keywords: option.keywords ?? "",
    icon: option.icon,
    colour: option.colour,
    shortcut: undefined,
    current: option.current ?? false,
    group: "",
    command: null,
    run: option.run,
  }));
}

/** With nothing typed: what was used lately, then everything by its group. Otherwise the best fit first. */
export function arrange(
  lines: readonly Line[],
  query: string,
  recent: readonly string[],
): Listing[] {
  if (query.trim() === "") return byGroup(lines, recent);
  const found = lines
    .map((line) => ({ line, points: score(query, line.title, line.keywords) }))
    .filter(({ points }) => points > 0)
    .map(({ line, points }) => ({ line, points: points + (recent.includes(line.id) ? 4 : 0) }))
    .sort((a, b) => b.points - a.points);
  return found.length === 0 ? [] : [{ heading: null, lines: found.map(({ line }) => line) }];
}

function byGroup(lines: readonly Line[], recent: readonly string[]): Listing[] {
  const lately = recent.flatMap((id) => lines.find((line) => line.id === id) ?? []).slice(0, 4);
  const rest = lines.filter((line) => !lately.includes(line));
  const groups = [...new Set(rest.map(({ group }) => group))];
  return [
    { heading: t("command-group-recent"), lines: lately },
    ...groups.map((group) => ({
      heading: group || null,
      lines: rest.filter((line) => line.group === group),
    })),
  ].filter((listing) => listing.lines.length > 0);
}
