import type { RefObject } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** The rows that are drawn: from `first` up to, but not including, `end`. */
export interface Span {
  first: number;
  end: number;
}

/** Rows above and below what is seen, so that scrolling finds them drawn already. */
const BEYOND = 8;
/** Until the first row was drawn and measured, in px. */
const USUAL_HEIGHT = 86;

/** The rows of a list in sight, with some beyond; lengths in px, `top` from the beginning of the list. */
export function spanOf(top: number, height: number, rowHeight: number, count: number): Span {
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  return { first: Math.min(first, Math.max(0, count - 1)), end: Math.max(end, 0) };
}

/** Where to scroll so that a row is wholly in sight, or null when it is. */
export function scrollFor(
  index: number,
  rowHeight: number,
  top: number,
  height: number,
): number | null {
  const above = index * rowHeight;
  if (above < top) return above;
  const below = above + rowHeight - height;
  return below > top ? below : null;
}

interface Anchor {
  id: string;
  /** How far the row is scrolled above the edge, in px. */
  offset: number;
}

interface Windowed {
  span: Span;
  rowHeight: number;
  /** Scrolls as little as needed for the row to be in sight. */
  reveal: (index: number) => void;
}

/**
 * Draws of a long list of rows of equal height only what is in sight.
 * What is read stays where it is when rows come or go above it; at the very top, new rows are seen to come.
 */
export function useWindow(
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  indexOf: ReadonlyMap<string, number>,
): Windowed {
  const count = ids.length;
  const [rowHeight, setRowHeight] = useState(USUAL_HEIGHT);
  const [span, setSpan] = useState(() => spanOf(0, 1_000, USUAL_HEIGHT, count));
  const anchor = useRef<Anchor | null>(null);
  const now = useRef({ ids, rowHeight });
  now.current = { ids, rowHeight };

  const look = useCallback(() => {
    const scroller = scrollerOf(list.current);
    if (!scroller || !list.current) return;
    const { ids, rowHeight } = now.current;
    const top = scroller.scrollTop - beginning(scroller, list.current);
    const seen = Math.max(0, Math.floor(top / rowHeight));
    const id = scroller.scrollTop > 0 ? ids[seen] : undefined;
    anchor.current = id === undefined ? null : { id, offset: top - seen * rowHeight };
    const next = spanOf(top, scroller.clientHeight, rowHeight, ids.length);
    setSpan((last) => (last.first === next.first && last.end === next.end ? last : next));
  }, [list]);

  useLayoutEffect(() => {
    const scroller = scrollerOf(list.current);
    const held = anchor.current;
    const index = held ? indexOf.get(held.id) : undefined;
    if (scroller && list.current && held && index !== undefined) {
      const wanted = beginning(scroller, list.current) + index * rowHeight + held.offset;
      if (Math.abs(wanted - scroller.scrollTop) >= 1) scroller.scrollTop = wanted;
    }
    look();
  }, [ids, indexOf, rowHeight, list, look]);

  useEffect(() => {
    const scroller = scrollerOf(list.current);
    if (!scroller) return;
    const measure = () => {
      const row = list.current?.querySelector<HTMLElement>("li > a");
      if (row && row.offsetHeight > 0) setRowHeight(row.offsetHeight);
      look();
    };
    const sizes = new ResizeObserver(measure);
    sizes.observe(scroller);
    scroller.addEventListener("scroll", look, { passive: true });
    measure();
    return () => {
      sizes.disconnect();
      scroller.removeEventListener("scroll", look);
    };
  }, [list, look]);

  const reveal = useCallback(
    (index: number) => {
      const scroller = scrollerOf(list.current);
      if (!scroller || !list.current || scroller.clientHeight === 0) return;
      const begin = beginning(scroller, list.current);
      const to = scrollFor(
        index,
        now.current.rowHeight,
        scroller.scrollTop - begin,
        scroller.clientHeight,
      );
      if (to === null) return;
      scroller.scrollTop = index === 0 ? 0 : to + begin;
      look();
    },
    [list, look],
  );
  // Rows that went are not drawn even before the list was looked at anew.
  return { span: { ...span, end: Math.min(span.end, count) }, rowHeight, reveal };
}

function scrollerOf(list: HTMLElement | null): HTMLElement | null {
  return list?.closest<HTMLElement>(".pane-scroll") ?? null;
}

/** How far the list begins below the top of what scrolls, in px. */
function beginning(scroller: HTMLElement, list: HTMLElement): number {
  const difference = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return difference + scroller.scrollTop;
}
