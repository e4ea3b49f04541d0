import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import { CaseLoader } from "./cases/loader";
import { NarrowedList } from "./cases/narrowed";
import { isPlain, PLAIN } from "./cases/place";
import { sampleCase, TINA } from "./cases/sample";
import { CaseStore } from "./cases/store";
import type { Case } from "./model";
import { go, route } from "./route";
import { ShownList } from "./shownList";

const AWAY = new ApiError("unavailable", 503);
const LONG = 60_000;
const page = (cases: Case[], next: string | null = null) => ({
  cases,
  next,
  counts: { unassigned: 0, mine: 0, all: 0 },
  incoming: true,
});

/** What is on screen, asked for from a service that can be away; `asked` tells when it was asked. */
function screen() {
  const service = { away: true, next: null as string | null, asked: [] as number[] };
  const answer = async (after: string | null, plain: boolean) => {
    // The list behind a filter is read too, and is not on screen.
    if (plain === isPlain(route.peek().view)) service.asked.push(Date.now());
    if (service.away) throw new ApiError("unavailable", 503);
    return page([sampleCase({ id: after ?? "first" })], after === null ? service.next : null);
  };
  const store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
  const narrowed = new NarrowedList(store, { narrowed: (_, after) => answer(after, false) });
  const source = { list: (_: unknown, after: string | null) => answer(after, true), get: vi.fn() };
  const loader = new CaseLoader(store, source, () => narrowed.reread());
  const list = new ShownList(store, loader, narrowed);
  return { service, store, loader, list, leave: list.follow() };
}
const status = ({ list }: ReturnType<typeof screen>) => list.now.value.status.value;
const ids = ({ list }: ReturnType<typeof screen>) => list.now.value.rows.value.map(({ id }) => id);

let shown: ReturnType<typeof screen>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  go({ page: "cases", list: "all", view: PLAIN, caseId: null });
});
afterEach(() => {
  shown.leave();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe.each([
  ["a list", PLAIN],
  ["a list with a filter", { ...PLAIN, filter: { q: "lamp" } }],
])("%s that nobody answers", (_, view) => {
  beforeEach(() => go({ view }));

  it("is asked for again by itself, with growing pauses, and says meanwhile that it could not be read", async () => {
    shown = screen();
    await vi.advanceTimersByTimeAsync(0);
    expect(status(shown)).toMatchObject({ phase: "failed", error: AWAY });
    const phases = new Set<string>();
    for (let at = 0; at < 40; at++) {
      await vi.advanceTimersByTimeAsync(500);
      phases.add(status(shown).phase);
    }
    expect([...phases]).toEqual(["failed"]);
    const { asked } = shown.service;
    const pauses = asked.slice(1).map((time, place) => time - (asked[place] ?? 0));
    expect(pauses).toEqual([400, 800, 1_600, 3_200, 6_400]);
    shown.service.away = false;
    await vi.advanceTimersByTimeAsync(LONG);
    expect(status(shown)).toMatchObject({ phase: "ready", error: null });
    expect(ids(shown)).toEqual(["first"]);
    const { length } = asked;
    await vi.advanceTimersByTimeAsync(LONG);
    expect(asked).toHaveLength(length);
  });
});

it("a list is asked for at once by a press, and no more when another page is on screen for good", async () => {
  shown = screen();
  await vi.advanceTimersByTimeAsync(0);
  void shown.list.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown.service.asked).toHaveLength(2);
  shown.leave();
  await vi.advanceTimersByTimeAsync(LONG);
  expect(shown.service.asked).toHaveLength(2);
});

it("a further page is asked for again, and what is read already stays", async () => {
  shown = screen();
  shown.service.away = false;
  shown.service.next = "more";
  await vi.advanceTimersByTimeAsync(0);
  void shown.list.retry();
  await vi.advanceTimersByTimeAsync(LONG);
  expect(ids(shown)).toEqual(["first"]);
  shown.service.away = true;
  await shown.list.more();
  expect(status(shown)).toMatchObject({ phase: "ready", error: AWAY });
  expect(ids(shown)).toEqual(["first"]);
  shown.service.away = false;
  await vi.advanceTimersByTimeAsync(LONG);
  expect(ids(shown).sort()).toEqual(["first", "more"]);
  expect(status(shown).error).toBeNull();
});

it("what may be out of date after a lost connection is read again, though every list is there", async () => {
  shown = screen();
  shown.service.away = false;
  await vi.advanceTimersByTimeAsync(LONG);
  shown.service.away = true;
  void shown.list.readAgain();
  await vi.advanceTimersByTimeAsync(0);
  expect(shown.loader.stale.value).toEqual(AWAY);
  expect(status(shown).phase).toBe("ready");
  shown.service.away = false;
  await vi.advanceTimersByTimeAsync(LONG);
  expect(shown.loader.stale.value).toBeNull();
});

it("what is refused is not asked for again", async () => {
  shown = screen();
  const refused = new ApiError("forbidden", 403);
  await vi.advanceTimersByTimeAsync(0);
  shown.store.setStatus("all", { phase: "failed", error: refused });
  const { length } = shown.service.asked;
  await vi.advanceTimersByTimeAsync(LONG);
  expect(shown.service.asked).toHaveLength(length);
});
