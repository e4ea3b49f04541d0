import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n";
import type { Case, ListName } from "../model";
import { formatRoute, route } from "../route";
import { nextRow } from "../rows";
import type { Selection } from "../selection";
import type { Onlooker } from "../../shared/wire";
import { CaseRow } from "./CaseRow";
import { RowCheck } from "./RowCheck";
import { useWindow } from "./windowing";

interface RowListProps {
  list: ListName;
  rows: Case[];
  /** Whether these are all rows that there are. */
  complete: boolean;
  selected: string | null;
  selection: Selection;
  me: string;
  unreadOf: (id: string) => number;
  othersAt: (id: string) => readonly Onlooker[];
  onOpen: (id: string) => void;
}

/**
 * The rows with one tab stop among them: the focused, else the selected, else the first.
 * Only what is in sight is drawn, and always the tab stop, so that the focus is never lost by scrolling.
 */
export function RowList(props: RowListProps) {
  const { list, rows, complete, selected, selection, me, unreadOf, othersAt, onOpen } = props;
  const [focused, setFocused] = useState<string | null>(null);
  const root = useRef<HTMLUListElement>(null);
  const ids = useIds(rows);
  const indexOf = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  const { span, rowHeight, reveal } = useWindow(root, ids, indexOf);
  const stop = [focused, selected].find((id) => id !== null && indexOf.has(id)) ?? ids[0] ?? null;
  const focus = useFocus(root, indexOf, reveal, setFocused);
  const known = selected === null ? undefined : indexOf.get(selected);
  useEffect(() => {
    if (known !== undefined) reveal(known);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a row that moves because others came is not followed
  }, [selected, list, known === undefined, reveal]);
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "a") selection.all(ids);
    else {
      const next = event.ctrlKey || event.metaKey ? null : nextRow(rows, stop, event.key);
      if (!next) return;
      if (event.shiftKey && event.key.startsWith("Arrow")) extend(selection, ids, stop, next);
      focus(next);
    }
    event.preventDefault();
  };
  const onCheck = useCallback(
    (id: string, range: boolean) => (range ? selection.extend(ids, id) : selection.toggle(id)),
    [selection, ids],
  );
  const drawn = drawnRows(span, stop === null ? undefined : indexOf.get(stop), rows.length);
  const chosen = selection.ids.value;
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions -- it hears the keys of the links in it
    <ul
      class="rows"
      ref={root}
      onKeyDown={onKeyDown}
      aria-label={t(`console-list-${list}`)}
      data-choosing={chosen.size > 0}
      style={{ height: `${rows.length * rowHeight}px` }}
    >
      {drawn.map((index) => {
        const item = rows[index];
        if (!item) return null;
        return (
          <li
            key={item.id}
            style={{ transform: `translateY(${index * rowHeight}px)` }}
            aria-setsize={complete ? rows.length : -1}
            aria-posinset={index + 1}
          >
            <Row
              item={item}
              list={list}
              selected={item.id === selected}
              chosen={chosen.has(item.id)}
              tabStop={item.id === stop}
              unread={unreadOf(item.id)}
              others={othersAt(item.id)}
              me={me}
              onOpen={onOpen}
              onFocus={setFocused}
              onCheck={onCheck}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** The ids of the rows: the same array until rows come, go or move. What changes in one of them moves nothing. */
function useIds(rows: readonly Case[]): string[] {
  const last = useRef<string[]>([]);
  return useMemo(() => {
    const same =
      rows.length === last.current.length && rows.every(({ id }, at) => id === last.current[at]);
    if (!same) last.current = rows.map(({ id }) => id);
    return last.current;
  }, [rows]);
}

interface RowProps {
  item: Case;
  list: ListName;
  selected: boolean;
  chosen: boolean;
  tabStop: boolean;
  unread: number;
  others: readonly Onlooker[];
  me: string;
  onOpen: (id: string) => void;
  onFocus: (id: string) => void;
  onCheck: (id: string, range: boolean) => void;
}

/** The same elements as before while nothing about the row has changed: scrolling compares them by identity alone. */
function Row(props: RowProps) {
  const { item, list, selected, chosen, tabStop, unread, others, me, onOpen, onFocus, onCheck } =
    props;
  return useMemo(
    () => (
      <>
        <RowCheck item={item} chosen={chosen} tabStop={tabStop} onCheck={onCheck} />
        <CaseRow
          item={item}
          href={formatRoute({ ...route.peek(), caseId: item.id, details: false })}
          selected={selected}
          tabStop={tabStop}
          unread={unread}
          others={others}
          showHolder={list !== "mine"}
          me={me}
          onOpen={() => onOpen(item.id)}
          onFocus={() => onFocus(item.id)}
        />
      </>
    ),
    [item, list, selected, chosen, tabStop, unread, others, me, onOpen, onFocus, onCheck],
  );
}

/** The indexes of the rows to draw, the tab stop among them wherever it is. */
export function drawnRows(
  { first, end }: { first: number; end: number },
  stop: number | undefined,
  count: number,
): number[] {
  const drawn = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
  if (stop === undefined || stop >= count || (stop >= first && stop < end)) return drawn;
  return stop < first ? [stop, ...drawn] : [...drawn, stop];
}

/** Moves the focus to a row that may not be drawn yet: it becomes the tab stop, which always is, and then takes it. */
function useFocus(
  root: RefObject<HTMLElement | null>,
  indexOf: ReadonlyMap<string, number>,
  reveal: (index: number) => void,
  setFocused: (id: string) => void,
): (id: string) => void {
  const [wanted, setWanted] = useState<{ id: string } | null>(null);
  useLayoutEffect(() => {
    const index = wanted && indexOf.get(wanted.id);
    if (!wanted || index === null || index === undefined) return;
    reveal(index);
    rowOf(root.current, wanted.id)?.focus({ preventScroll: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each move, not whenever rows come
  }, [wanted, root, reveal]);
  return (id) => {
    setFocused(id);
    setWanted({ id });
  };
}

function rowOf(root: HTMLElement | null, id: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-case="${id}"]`) ?? null;
}

/** Shift and an arrow choose the row that one leaves and the one that one comes to. */
function extend(selection: Selection, ids: string[], from: string | null, to: string): void {
  if (from !== null && !selection.ids.peek().has(from)) selection.toggle(from);
  selection.extend(ids, to);
}
