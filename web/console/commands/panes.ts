import { Columns3, List, MessagesSquare, PanelRight, PenLine, StickyNote } from "lucide";
import type { Command } from "../commands";
import { enterNextPane, enterPane, PANES, type PaneName } from "../focus";
import { route } from "../route";
import { write } from "../writing";

const ICONS = { list: List, conversation: MessagesSquare, details: PanelRight } as const;

/** From pane to pane without a mouse, and to where one writes. */
export const paneCommands: readonly Command[] = [
  {
    id: "pane.reply",
    group: "case",
    title: "command-reply",
    keywords: "command-reply-words",
    icon: PenLine,
    shortcut: "r",
    when: hasCase,
    run: () => write(false),
  },
  {
    id: "pane.note",
    group: "case",
    title: "command-note",
    keywords: "command-reply-words",
    icon: StickyNote,
    shortcut: "n",
    when: hasCase,
    run: () => write(true),
  },
  ...PANES.map((name, index): Command => ({
    id: `pane.${name}`,
    group: "go",
    title: `command-pane-${name}`,
    keywords: "command-pane-words",
    icon: ICONS[name],
    shortcut: String(index + 1),
    when: () => onCases() && (name === "list" || hasCase()),
    run: () => void enterPane(name satisfies PaneName),
  })),
  step("next", "F6", 1),
  step("previous", "Shift+F6", -1),
];

function step(name: string, shortcut: string, by: 1 | -1): Command {
  return {
    id: `pane.${name}`,
    group: "go",
    title: `command-pane-${name}`,
    icon: Columns3,
    shortcut,
    keyOnly: true,
    when: onCases,
    run: () => enterNextPane(by),
  };
}

function onCases(): boolean {
  return route.value.page === "cases";
}

function hasCase(): boolean {
  return onCases() && route.value.caseId !== null;
}
