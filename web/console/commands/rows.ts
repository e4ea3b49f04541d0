import { ListChecks } from "lucide";
import type { Command, Context } from "../commands";
import type { Desk } from "../desk";
import { isWriting, leaveWriting } from "../focus";
import { layout } from "../layout";
import { go, route } from "../route";
import { nextRow } from "../rows";
import type { Selection } from "../selection";

/** From one row to the next, and which of them are chosen. */
export const rowCommands: readonly Command[] = [
  {
    id: "case.next",
    group: "case",
    title: "console-key-next",
    shortcut: "j",
    keyOnly: true,
    when: onCases,
    run: (context) => openNext(context, "ArrowDown"),
  },
  {
    id: "case.previous",
    group: "case",
    title: "console-key-previous",
    shortcut: "k",
    keyOnly: true,
    when: onCases,
    run: (context) => openNext(context, "ArrowUp"),
  },
  {
    id: "case.close",
    group: "case",
    title: "console-key-close",
    shortcut: "Escape",
    keyOnly: true,
    when: (context) => onCases() && (isWriting() || context.chosen.length > 0 || hasDrawer()),
    run: ({ chosen, desk }) => {
      if (isWriting()) leaveWriting();
      else if (chosen.length > 0) desk.selection.clear();
      else go({ details: false }, { replace: true });
    },
  },
  {
    id: "case.choose",
    group: "case",
    title: "command-choose",
    shortcut: "x",
    keyOnly: true,
    when: onCases,
    run: (context) => choose(context, (selection, _, id) => selection.toggle(id)),
  },
  {
    id: "case.choose-range",
    group: "case",
    title: "command-choose-range",
    shortcut: "Shift+x",
    keyOnly: true,
    when: onCases,
    run: (context) => choose(context, (selection, rows, id) => selection.extend(rows, id)),
  },
  {
    id: "case.choose-all",
    group: "case",
    title: "command-choose-all",
    icon: ListChecks,
    when: ({ desk }) => onCases() && desk.list.now.value.rows.value.length > 0,
    run: ({ desk }) => desk.selection.all(rowsOf(desk)),
  },
];

function onCases(): boolean {
  return route.value.page === "cases";
}

function hasDrawer(): boolean {
  return route.value.details && layout.value === "medium";
}

function rowsOf(desk: Desk): string[] {
  return desk.list.now
    .peek()
    .rows.peek()
    .map(({ id }) => id);
}

function openNext({ desk }: Context, key: string): void {
  const { caseId } = route.peek();
  const rows = desk.list.now.peek().rows.peek();
  const next = rows.some((item) => item.id === caseId) ? nextRow(rows, caseId, key) : rows[0]?.id;
  if (next) go({ caseId: next, details: false }, { replace: caseId !== null });
}

/** The row that has the focus, else the case on screen. */
function choose(
  { desk }: Context,
  how: (selection: Selection, rows: string[], id: string) => void,
): void {
  const row = document.activeElement?.closest("li")?.querySelector<HTMLElement>("[data-case]");
  const id = row?.dataset.case ?? route.peek().caseId;
  if (id) how(desk.selection, rowsOf(desk), id);
}
