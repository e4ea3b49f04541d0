import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SavedFilterView } from "../../shared/generated/rest";
import { fieldsThatHide } from "../filters/NothingFits";
import type { Case, CasePage } from "../model";
import { type Narrowed, NarrowedList } from "./narrowed";
import { PLAIN } from "./place";
import { sampleCase, TINA } from "./sample";
import { SavedFilters, viewOf } from "./saved";
import { keyOf } from "./sorting";
import { CaseStore } from "./store";

const at = (minute: number) => new Date(Date.UTC(2026, 4, 4, 10, minute)).toISOString();
const urgent = (id: string, minute: number, more: Partial<Case> = {}) =>
  sampleCase({ id, priority: "urgent", created_at: at(minute), ...more });
const page = (cases: Case[], next: string | null = null): CasePage => ({
  cases,
  next,
  counts: { unassigned: 0, mine: 0, all: 0 },
  incoming: true,
});
const wanted: Narrowed = {
  list: "all",
  view: { ...PLAIN, filter: { priority: ["urgent"] } },
};

let store: CaseStore;
const narrowed = vi.fn<(wanted: Narrowed, after: string | null) => Promise<CasePage>>();
let list: NarrowedList;
const ids = () => list.rows.value.map(({ id }) => id);

beforeEach(() => {
  store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
  narrowed.mockReset();
  list = new NarrowedList(store, { narrowed });
});

describe("a list with a filter", () => {
  it("takes a case in and lets it go as soon as it changes", async () => {
    narrowed.mockResolvedValue(page([urgent("a", 1)]));
    await list.open(wanted);
    store.receive(urgent("b", 2), "case.opened");
    store.receive(sampleCase({ id: "c", created_at: at(3) }), "case.opened");
    expect(ids()).toEqual(["b", "a"]);
    store.receive(urgent("b", 2, { version: 2, priority: "low" }), "case.edited");
    store.receive(
      sampleCase({ id: "c", version: 2, priority: "urgent", created_at: at(3) }),
      "case.edited",
    );
    expect(ids()).toEqual(["c", "a"]);
  });

  it("keeps what the server found by the words of a mail, for as long as those are looked for", async () => {
    const lamp: Narrowed = { list: "all", view: { ...PLAIN, filter: { q: "lamp" } } };
    narrowed.mockResolvedValue(page([sampleCase({ id: "a", created_at: at(1) })]));
    await list.open(lamp);
    expect(ids()).toEqual(["a"]);
    store.receive(sampleCase({ id: "a", version: 2, created_at: at(1) }), "case.mailed");
    store.receive(sampleCase({ id: "b", created_at: at(2) }), "case.opened");
    expect(ids()).toEqual(["a"]);
    narrowed.mockResolvedValue(page([]));
    await list.open({ ...lamp, view: { ...lamp.view, filter: { q: "chair" } } });
    expect(ids()).toEqual([]);
  });

  it("keeps out what lies behind the part that is loaded, and brings it page by page", async () => {
    const [newer, older] = [urgent("a", 9), urgent("b", 1)];
    narrowed.mockResolvedValueOnce(page([newer], keyOf(newer, "created")));
    await list.open(wanted);
    store.merge([older]);
    expect(ids()).toEqual(["a"]);
    narrowed.mockResolvedValueOnce(page([], "0"));
    await list.more();
    expect(list.status.value.next).toBe("0");
    narrowed.mockResolvedValueOnce(page([older]));
    await list.more();
    expect(ids()).toEqual(["a", "b"]);
  });

  it("moves a case when what it is sorted by changes", async () => {
    const view = { ...PLAIN, sort: "waiting", direction: "asc" } as const;
    narrowed.mockResolvedValue(
      page([urgent("a", 1, { waiting_since: at(1) }), urgent("b", 2, { waiting_since: at(2) })]),
    );
    await list.open({ list: "all", view });
    expect(ids()).toEqual(["a", "b"]);
    store.receive(urgent("a", 1, { version: 2, waiting_since: null }), "case.answered");
    expect(ids()).toEqual(["b", "a"]);
  });

  it("throws away an answer to what was asked before", async () => {
    let late: (answer: CasePage) => void = () => undefined;
    narrowed.mockImplementationOnce(() => new Promise((resolve) => (late = resolve)));
    const before = list.open(wanted);
    narrowed.mockResolvedValueOnce(page([]));
    await list.open({ ...wanted, view: { ...PLAIN, filter: { flagged: true } } });
    late(page([urgent("a", 1, { flagged: true })]));
    await before;
    expect(ids()).toEqual([]);
  });
});

describe("the count of a saved filter", () => {
  const saved = {
    id: "s",
    name: "Urgent",
    list: "all",
    filter: { ...wanted.view.filter, category: null, spam: false },
    sort: "waiting",
    direction: null,
    count: 1,
    more: false,
  } as unknown as SavedFilterView;

  it("follows every change of a case", async () => {
    const filters = new SavedFilters(
      {
        filters: async () => [saved],
        addFilter: vi.fn(),
        changeFilter: vi.fn(),
        removeFilter: vi.fn(),
      },
      TINA.id,
    );
    await filters.load();
    store.onChange = (before, after) => filters.follow(before, after);
    store.receive(urgent("b", 2), "case.opened");
    expect(filters.all.value[0]?.count).toBe(2);
    store.receive(urgent("b", 2, { version: 2, priority: "low" }), "case.edited");
    expect(filters.all.value[0]?.count).toBe(1);
  });

  it("opens what was saved, in the order that goes without saying", () => {
    expect(viewOf(saved)).toEqual({
      ...wanted.view,
      sort: "waiting",
      direction: "asc",
      saved: "s",
    });
  });
});

describe("what hides everything", () => {
  it("is each field without which there would be cases", async () => {
    const view = { ...PLAIN, filter: { flagged: true, priority: ["urgent"] } } as const;
    const fields = await fieldsThatHide({ list: "all", view }, async ({ view: { filter } }) => ({
      cases: filter.priority ? [] : [1],
      next: null,
    }));
    expect(fields).toEqual(["priority"]);
  });
});
