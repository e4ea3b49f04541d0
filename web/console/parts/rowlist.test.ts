import { type ComponentChild, h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../../shared/i18n";
import { sampleCase } from "../cases/sample";
import type { Case } from "../model";
import { Selection } from "../selection";
import { RowList } from "./RowList";
import { scrollFor, spanOf } from "./windowing";

const NOBODY: never[] = [];

const HEIGHT = 86;
const SEEN = 700;
const many = (count: number, from = 0): Case[] =>
  Array.from({ length: count }, (_, at) => sampleCase({ id: `c${from + at}`, number: from + at }));

describe("the rows in sight", () => {
  it("are those of the window with some beyond, and never more than there are", () => {
    expect(spanOf(0, SEEN, HEIGHT, 10_000)).toEqual({ first: 0, end: 17 });
    expect(spanOf(86_000, SEEN, HEIGHT, 10_000)).toEqual({ first: 992, end: 1017 });
    expect(spanOf(0, SEEN, HEIGHT, 3)).toEqual({ first: 0, end: 3 });
    expect(spanOf(0, SEEN, HEIGHT, 0)).toEqual({ first: 0, end: 0 });
  });

  it("are reached by scrolling as little as needed", () => {
    expect(scrollFor(5, HEIGHT, 0, SEEN)).toBeNull();
    expect(scrollFor(2, HEIGHT, 500, SEEN)).toBe(172);
    expect(scrollFor(20, HEIGHT, 0, SEEN)).toBe(21 * HEIGHT - SEEN);
  });
});

describe("a list of 10,000 cases", { timeout: 20_000 }, () => {
  let scroller: HTMLElement;
  let selection: Selection;
  const onOpen = vi.fn();
  const show = (rows: Case[], selected: string | null = null) =>
    act(() => {
      const props = { list: "all" as const, rows, selected, selection, me: "t", onOpen };
      const child: ComponentChild = h(RowList, {
        ...props,
        complete: false,
        unreadOf: () => 0,
        othersAt: () => NOBODY,
      });
      render(child, scroller);
    });
  const drawn = () => [...scroller.querySelectorAll<HTMLElement>("[data-case]")];
  const ids = () => drawn().map((row) => row.dataset.case);
  const focused = () => (document.activeElement as HTMLElement).dataset.case;
  const stop = () => drawn().filter((row) => row.tabIndex === 0);
  const press = (key: string, more: KeyboardEventInit = {}) =>
    act(() => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
      (document.activeElement ?? scroller).dispatchEvent(event);
    });
  const scrollTo = (top: number) =>
    act(() => {
      scroller.scrollTop = top;
      scroller.dispatchEvent(new Event("scroll"));
    });

  beforeAll(() => setLocale("en"));

  beforeEach(() => {
    selection = new Selection();
    scroller = document.body.appendChild(document.createElement("div"));
    scroller.className = "pane-scroll";
    vi.spyOn(scroller, "clientHeight", "get").mockReturnValue(SEEN);
    // Nothing is laid out here; the list lies where scrolling has put it.
    vi.spyOn(HTMLUListElement.prototype, "getBoundingClientRect").mockImplementation(
      () => ({ top: -scroller.scrollTop }) as DOMRect,
    );
  });

  afterEach(() => {
    render(null, scroller);
    scroller.remove();
    vi.restoreAllMocks();
  });

  it("draws what is in sight, each row in its place, and is as high as all of them", async () => {
    await show(many(10_000));
    expect(drawn().length).toBeLessThan(30);
    expect(scroller.querySelector("ul")?.style.height).toBe("860000px");
    await scrollTo(500 * HEIGHT);
    expect(ids()).toContain("c500");
    expect(ids()).toContain("c508");
    expect(drawn().length).toBeLessThan(35);
    const row = scroller.querySelector("[data-case=c500]")?.closest("li");
    expect(row?.style.transform).toBe(`translateY(${500 * HEIGHT}px)`);
    expect(row?.getAttribute("aria-posinset")).toBe("501");
  });

  it("goes by key to both ends and past the edge of what is drawn, with one tab stop", async () => {
    await show(many(10_000));
    await act(() => drawn()[0]?.focus());
    await press("End");
    expect(focused()).toBe("c9999");
    expect(scroller.scrollTop).toBe(10_000 * HEIGHT - SEEN);
    await press("ArrowUp");
    expect(focused()).toBe("c9998");
    await press("Home");
    expect([focused(), scroller.scrollTop]).toEqual(["c0", 0]);
    for (let step = 0; step < 20; step++) await press("ArrowDown");
    expect(focused()).toBe("c20");
    expect(stop().map((row) => row.dataset.case)).toEqual(["c20"]);
  });

  it("keeps the row with the focus, however far it is scrolled away", async () => {
    await show(many(10_000));
    await act(() => drawn()[3]?.focus());
    await scrollTo(800_000);
    expect(focused()).toBe("c3");
    await press("ArrowDown");
    expect(focused()).toBe("c4");
    expect(scroller.scrollTop).toBe(4 * HEIGHT);
  });

  it("draws few rows all the way to the end, and keeps the focused and the selected one", async () => {
    const rows = many(10_000);
    await show(rows, "c2");
    await act(() => drawn()[5]?.focus());
    let most = 0;
    for (let top = 0; top <= 10_000 * HEIGHT; top += 40 * HEIGHT) {
      await scrollTo(top);
      most = Math.max(most, drawn().length);
    }
    expect(ids()).toContain("c9999");
    expect(most).toBeLessThan(35);
    expect([focused(), stop().length]).toEqual(["c5", 1]);
    await scrollTo(0);
    expect(scroller.querySelector("[aria-current=true]")?.getAttribute("data-case")).toBe("c2");
  });

  it("draws anew the row of the case that changes, and moves nothing", async () => {
    const rows = many(10_000);
    await show(rows);
    await scrollTo(500 * HEIGHT + 13);
    const before = new Map(drawn().map((row) => [row.dataset.case, row.innerHTML]));
    const elements = drawn();
    const changed = rows.map((item) => (item.id === "c502" ? { ...item, preview: "News" } : item));
    await show(changed);
    expect(scroller.scrollTop).toBe(500 * HEIGHT + 13);
    expect(drawn()).toEqual(elements);
    const other = drawn().filter((row) => row.innerHTML !== before.get(row.dataset.case));
    expect(other.map((row) => row.dataset.case)).toEqual(["c502"]);
  });

  it("does not move what is read when cases arrive on top or go, and shows them at the very top", async () => {
    const rows = many(10_000);
    await show(rows);
    await scrollTo(100 * HEIGHT + 20);
    await show([...many(3, 20_000), ...rows]);
    expect(scroller.scrollTop).toBe(103 * HEIGHT + 20);
    await show(rows.slice(1));
    expect(scroller.scrollTop).toBe(99 * HEIGHT + 20);
    await scrollTo(0);
    await show([...many(1, 30_000), ...rows]);
    expect([scroller.scrollTop, ids()[0]]).toEqual([0, "c30000"]);
  });

  it("shows the case that is opened from elsewhere, once, and lets the reader go on", async () => {
    const rows = many(10_000);
    await show(rows, "c700");
    expect(ids()).toContain("c700");
    await scrollTo(0);
    await show([...many(1, 20_000), ...rows], "c700");
    expect(scroller.scrollTop).toBe(0);
  });

  it("chooses by box, by Shift and by key, and everything that is loaded", async () => {
    await show(many(10_000));
    const box = (id: string) =>
      scroller.querySelector(`[data-case=${id}]`)?.closest("li")?.querySelector("input");
    await act(() => box("c2")?.click());
    const shift = new MouseEvent("click", { bubbles: true, shiftKey: true });
    await act(() => void box("c5")?.dispatchEvent(shift));
    expect([...selection.ids.value]).toEqual(["c2", "c3", "c4", "c5"]);
    expect(box("c4")?.checked).toBe(true);
    await act(() => drawn()[8]?.focus());
    await press("ArrowDown", { shiftKey: true });
    expect([...selection.ids.value].slice(4)).toEqual(["c8", "c9"]);
    await press("a", { ctrlKey: true });
    expect(selection.ids.value.size).toBe(10_000);
  });
});
