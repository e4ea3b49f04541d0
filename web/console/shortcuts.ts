import { useEffect } from "preact/hooks";
import { actionFor } from "./cases/pending";
import type { Desk } from "./desk";
import { layout } from "./layout";
import { nextRow } from "./parts/RowList";
import { press } from "./press";
import { go, route } from "./route";

/** Keys and the message that says what they do, for the help. */
export const SHORTCUTS: readonly [string, string][] = [
  ["j", "console-key-next"],
  ["k", "console-key-previous"],
  ["a", "console-key-assign"],
  ["e", "console-key-resolve"],
  ["Esc", "console-key-close"],
  ["?", "console-key-help"],
];

function openNext(desk: Desk, key: string): void {
  const { list, caseId } = route.peek();
  const rows = desk.store.rows[list].peek();
  const next = rows.some((item) => item.id === caseId) ? nextRow(rows, caseId, key) : rows[0]?.id;
  if (next) go({ caseId: next, details: false }, { replace: caseId !== null });
}

function act(desk: Desk, wanted: "assign" | "resolve"): void {
  const item = desk.selected.peek();
  if (item && actionFor(item) === wanted) press(desk, item, wanted);
}

function run(desk: Desk, key: string, help: () => void): boolean {
  const moves: Record<string, () => void> = {
    j: () => openNext(desk, "ArrowDown"),
    k: () => openNext(desk, "ArrowUp"),
    a: () => act(desk, "assign"),
    e: () => act(desk, "resolve"),
    "?": help,
  };
  if (route.peek().details && layout.peek() === "medium")
    moves.Escape = () => go({ details: false }, { replace: true });
  // All but the help is about cases.
  const move = route.peek().page === "cases" || key === "?" ? moves[key] : undefined;
  move?.();
  return move !== undefined;
}

/** Whether a key belongs to what has the focus and not to us. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented)
    return true;
  const target = event.target as HTMLElement;
  if (document.querySelector("dialog[open]")) return true;
  return (
    event.key !== "Escape" &&
    target.closest("input, textarea, select, [contenteditable], [role=menu]") !== null
  );
}

export function useShortcuts(desk: Desk, help: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isTaken(event) && run(desk, event.key, help)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk, help]);
}
