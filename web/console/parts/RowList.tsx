import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n";
import type { Case, ListName } from "../model";
import { formatRoute } from "../route";
import { CaseRow } from "./CaseRow";

interface RowListProps {
  list: ListName;
  rows: Case[];
  selected: string | null;
  me: string;
  unreadOf: (id: string) => number;
  onOpen: (id: string) => void;
}

const STEP: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The rows with one tab stop among them: the focused, else the selected, else the first. */
export function RowList({ list, rows, selected, me, unreadOf, onOpen }: RowListProps) {
  const [focused, setFocused] = useState<string | null>(null);
  const root = useRef<HTMLUListElement>(null);
  const has = (id: string | null) => id !== null && rows.some((item) => item.id === id);
  const stop = has(focused) ? focused : has(selected) ? selected : (rows[0]?.id ?? null);
  useEffect(() => revealRow(root.current, selected), [selected, list]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextRow(rows, stop, event.key);
    if (!next) return;
    event.preventDefault();
    root.current?.querySelector<HTMLElement>(`[data-case="${next}"]`)?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- it hears the keys of the links in it
    <ul class="rows" ref={root} onKeyDown={onKeyDown} aria-label={t(`console-list-${list}`)}>
      {rows.map((item) => (
        <li key={item.id}>
          <CaseRow
            item={item}
            href={formatRoute({ list, caseId: item.id })}
            selected={item.id === selected}
            tabStop={item.id === stop}
            unread={unreadOf(item.id)}
            showHolder={list !== "mine"}
            me={me}
            onOpen={() => onOpen(item.id)}
            onFocus={() => setFocused(item.id)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The id that a key leads to from the row `from`, or null for a key that is no move or leads nowhere. */
export function nextRow(rows: Case[], from: string | null, key: string): string | null {
  const at = rows.findIndex((item) => item.id === from);
  const step = STEP[key];
  if (step) return rows[Math.max(0, at + step)]?.id ?? null;
  if (key === "Home") return rows[0]?.id ?? null;
  return key === "End" ? (rows.at(-1)?.id ?? null) : null;
}

function revealRow(root: HTMLElement | null, id: string | null): void {
  if (id) root?.querySelector(`[data-case="${id}"]`)?.scrollIntoView({ block: "nearest" });
}
