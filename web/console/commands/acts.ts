import {
  AlarmClock,
  BellOff,
  BellRing,
  Flag,
  FlagOff,
  Hourglass,
  type IconNode,
  ShieldAlert,
  ShieldCheck,
  Signal,
  Tag,
  UsersRound,
  Zap,
} from "lucide";
import { t } from "../../shared/i18n";
import { actOfMacro } from "../automation/macros";
import type { Act } from "../cases/pending";
import type { Command, Context, Option } from "../commands";
import { performMany, withoutChats } from "../many";
import type { Case, Person } from "../model";
import { openInDetails } from "../opened";
import { press } from "../press";
import { route } from "../route";
import { SNOOZES, snoozeText } from "../snoozing";
import { transfer } from "../transferring";
import { ZONE } from "../zone";

const PRIORITIES = ["urgent", "high", "normal", "low"] as const;

/** What is done to a case by saying a word more, or to all that are chosen. */
export const actCommands: readonly Command[] = [
  act({
    id: "case.transfer",
    title: "console-transfer",
    icon: UsersRound,
    shortcut: "t",
    fits: isOpen,
    options: colleagues,
  }),
  act({
    id: "case.snooze",
    title: "console-snooze-until",
    icon: AlarmClock,
    shortcut: "z",
    fits: isOpen,
    options: (context) => [
      ...SNOOZES.map((until) => ({
        id: until,
        title: snoozeText(until),
        run: () => apply(context, { do: "snooze", until, time_zone: ZONE }, isOpen),
      })),
      ...(alone(context) ? [chosenTime()] : []),
    ],
  }),
  act({
    id: "case.label",
    title: "console-labels-add",
    icon: Tag,
    shortcut: "l",
    fits: always,
    options: labels,
    none: "command-label-none",
  }),
  act({
    id: "case.priority",
    title: "console-priority",
    icon: Signal,
    shortcut: "p",
    fits: always,
    options: (context) =>
      PRIORITIES.map((priority) => ({
        id: priority,
        title: t(`console-priority-${priority}`),
        current: alone(context)?.priority === priority,
        run: () => apply(context, { do: "priority", priority }),
      })),
  }),
  act({
    id: "case.macro",
    title: "command-macro",
    icon: Zap,
    shortcut: "Shift+m",
    fits: always,
    options: macros,
    none: "command-macro-none",
  }),
  act({
    id: "case.pending",
    title: "command-pending",
    icon: Hourglass,
    fits: (item) => isOpen(item) && item.state !== "pending",
    does: { do: "pending" },
  }),
  mark("flag", Flag, ({ flagged }) => !flagged, { do: "flag", flagged: true }),
  mark("unflag", FlagOff, ({ flagged }) => flagged, { do: "flag", flagged: false }),
  mark("mute", BellOff, ({ muted }) => !muted, { do: "mute", muted: true }),
  mark("unmute", BellRing, ({ muted }) => muted, { do: "mute", muted: false }),
  mark("spam", ShieldAlert, ({ spam }) => !spam, { do: "spam", spam: true }),
  mark("no-spam", ShieldCheck, ({ spam }) => spam, { do: "spam", spam: false }),
];

function mark(name: string, icon: IconNode, fits: (item: Case) => boolean, does: Act): Command {
  return act({ id: `case.${name}`, title: `console-${name}`, icon, fits, does });
}

interface Wanted {
  id: string;
  title: string;
  icon: IconNode;
  shortcut?: string;
  fits: (item: Case) => boolean;
  does?: Act;
  options?: Command["options"];
  none?: string;
}

/** One command for both: for the case on screen, and for those that are chosen. */
function act({ id, title, icon, shortcut, fits, does, options, none }: Wanted): Command {
  const when = ({ item }: Context) =>
    route.value.page === "cases" && item !== undefined && fits(item);
  const run = (context: Context) => {
    if (does) apply(context, does, fits);
  };
  return {
    id,
    group: "case",
    title,
    icon,
    ...(shortcut ? { shortcut } : {}),
    when,
    many: { ...withoutChats(fits, does), run },
    ...(options ? { options } : { run }),
    ...(none ? { none } : {}),
  };
}

/** To the chosen cases that it fits, or else to the one on screen. */
function apply(
  { desk, item, chosen }: Context,
  does: Act,
  fits: (item: Case) => boolean = always,
): void {
  if (chosen.length > 0) {
    desk.selection.clear();
    void performMany(desk, chosen.filter(fits), does);
  } else if (item) press(desk, item, does);
}

function hand({ desk, item, chosen }: Context, to: Person | null): void {
  const meant = chosen.length > 0 ? chosen : item ? [item] : [];
  transfer(desk, { items: meant.filter(isOpen), to, chosen: chosen.length > 0 });
}

/** Asked for in the details, beside the other ways to put it off. */
function chosenTime(): Option {
  return {
    id: "time",
    title: t("console-snooze-chosen"),
    run: () => openInDetails("snooze-time"),
  };
}

function always(): boolean {
  return true;
}

function isOpen({ state }: Case): boolean {
  return state !== "resolved";
}

/** The case that is meant when none are chosen. */
function alone({ chosen, item }: Context): Case | undefined {
  return chosen.length > 0 ? undefined : item;
}

/** Every label that can be put on; one that the case wears already is taken off. */
function labels(context: Context): readonly Option[] {
  const worn = alone(context)?.labels ?? [];
  return context.desk.labels.usable.peek().map(({ id, title, colour }) => ({
    id,
    title,
    colour,
    current: worn.includes(id),
    run: () => {
      const [add, remove] = worn.includes(id) ? [[], [id]] : [[id], []];
      apply(context, { do: "label", add, remove });
    },
  }));
}

/** Every macro that can be applied; those that end chats leave live ones out where there are several. */
function macros(context: Context): readonly Option[] {
  return context.desk.macros.all.peek().map((macro) => ({
    id: macro.id,
    title: macro.name,
    run: () => apply(context, actOfMacro(macro)),
  }));
}

/** Back to the queue, or to whoever of the team of the first case can have it; the server judges each case. */
async function colleagues(context: Context): Promise<readonly Option[]> {
  const meant = context.chosen.length > 0 ? context.chosen : [context.item];
  const [first] = meant;
  const team = first ? await context.desk.backend.team(first.id) : [];
  const option = (id: string, title: string, to: Person | null): Option => ({
    id,
    title,
    current: alone(context)?.assignee?.id === id,
    run: () => hand(context, to),
  });
  const nameOf = ({ name, available }: (typeof team)[number]) =>
    available ? name : t("command-not-available", { name });
  return [
    // What nobody has is in the queue already.
    ...(meant.some((one) => one?.assignee) ? [option("queue", t("console-to-queue"), null)] : []),
    ...team.map((one) => option(one.id, nameOf(one), { id: one.id, name: one.name })),
  ];
}
