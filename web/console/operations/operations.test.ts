import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../../shared/api";
import type { DeadLetterView, Operations, ReplayView } from "../../shared/generated/rest";
import { h, render } from "preact";
import { DeadLetters } from "./DeadLetters";
import { setLocale } from "../../shared/i18n";
import { healthOf, merged, outcomeOf, startOfDay, troubleOf, waitOf } from "./model";
import type { OperationsSource } from "./source";
import { Watch } from "./watch";

function letter(id: string, died_at: string, code = "failed"): DeadLetterView {
  return {
    id,
    topic: "case-events",
    partition: 0,
    offset: 1,
    type: "case.opened",
    key: null,
    bytes: 2,
    code,
    reason: "LookupError",
    tries: 5,
    written_at: died_at,
    died_at,
    state: "dead",
    replay: null,
  };
}

function told(dead: number): Operations {
  return {
    service: "cases",
    instance: "a",
    started_at: "2026-01-05T09:00:00Z",
    ready: true,
    checks: [],
    consumption: [],
    dead_letters: dead ? [{ topic: "case-events", dead, asked: 0 }] : [],
    counted_all: true,
  };
}

function replayOf(total: number, left: number, failed = 0): ReplayView {
  const done = total - left - failed;
  return { replay_id: "r", by: "Ada", at: "", total, done, parked: 0, skipped: 0, failed, left };
}

/** A desk of which cases has one dead letter, until it is replayed. */
class FakeSource {
  dead = 1;
  away = false;
  wishes: object[] = [];

  async operations(service: string) {
    if (this.away && service === "cases") throw new ApiError("unavailable", 503);
    return Promise.resolve(told(service === "cases" ? this.dead : 0));
  }
  deadLetters() {
    return Promise.resolve({ dead_letters: [letter("a", "2026-01-05T09:00:00Z")], next: null });
  }
  replay(_: string, wish: object) {
    this.wishes.push(wish);
    return Promise.resolve(replayOf(1, 1));
  }
  progress() {
    this.dead = 0;
    return Promise.resolve(replayOf(1, 0));
  }
  liveDesk() {
    return Promise.reject(new ApiError("unavailable", 503));
  }
  people() {
    return Promise.resolve([]);
  }
}

let source: FakeSource;
let watch: Watch;

beforeEach(() => {
  vi.useFakeTimers();
  source = new FakeSource();
  watch = new Watch(source as unknown as OperationsSource);
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

it("lists the dead letters of all services, the newest first, by the filter", () => {
  const page = (...letters: DeadLetterView[]) => ({ dead_letters: letters, next: null });
  const pages = new Map([
    ["cases" as const, page(letter("old", "2026-01-05T09:00:00Z"))],
    ["chat" as const, page(letter("new", "2026-01-05T09:00:09Z", "unreadable"))],
  ]);
  const ids = (filter: Parameters<typeof merged>[1]) => merged(pages, filter).map((it) => it.id);
  expect(ids({ service: null, code: null })).toEqual(["new", "old"]);
  expect(ids({ service: "cases", code: null })).toEqual(["old"]);
  expect(ids({ service: null, code: "unreadable" })).toEqual(["new"]);
});

it("has words for every check and for what readers wait for", () => {
  expect(troubleOf("database")).toBe("database");
  expect(troubleOf("mailbox")).toBe("mailbox");
  expect(troubleOf("a new one")).toBe("other");
  expect(waitOf("DatabaseAway")).toBe("database");
  expect(waitOf(null)).toBe("other");
});

it("tells a service that misses something from one that is not ready", () => {
  const mailbox = { name: "mailbox", reason: "SignInRefused", needed: false };
  const here = (ready: boolean) =>
    healthOf({ name: "notify", phase: "here", told: { ...told(0), ready, checks: [mailbox] } });
  expect([here(true), here(false)]).toEqual(["limited", "not-ready"]);
  expect(healthOf({ name: "notify", phase: "here", told: told(0) })).toBe("ready");
  expect(healthOf({ name: "notify", phase: "asking" })).toBe("asking");
});

it("counts today from the viewer's midnight", () => {
  const midnight = new Date(startOfDay(Date.parse("2026-01-05T15:00:00")));
  expect([midnight.getHours(), midnight.getMinutes(), midnight.getDate()]).toEqual([0, 0, 5]);
});

it("adds up what became of a press", () => {
  const replays = [
    { service: "chat" as const, told: replayOf(4, 1, 1) },
    { service: "cases" as const, told: replayOf(2, 0) },
  ];
  expect(outcomeOf({ id: 1, replays })).toEqual({ total: 6, handled: 4, failed: 1, left: 1 });
});

it("shows a service that is away as away, with what was seen of it last", async () => {
  await watch.look();
  source.away = true;
  await watch.look();
  const cases = watch.services.value.find(({ name }) => name === "cases");
  expect(cases).toEqual({ name: "cases", phase: "away", code: "unavailable" });
  expect(watch.services.value.filter(({ phase }) => phase === "here")).toHaveLength(4);
  expect(watch.pages.value.get("cases")?.dead_letters).toHaveLength(1);
});

it("says that there are no dead letters only of services that answer", async () => {
  await setLocale("en");
  const root = document.createElement("div");
  const shown = async () => {
    await watch.look();
    render(h(DeadLetters, { watch }), root);
    return root.textContent;
  };
  source.dead = 0;
  expect(await shown()).toContain("Every event could be handled");
  source.away = true;
  const text = await shown();
  expect(text).toContain("A service does not answer");
  expect(text).not.toContain("Every event could be handled");
  render(null, root);
});

it("looks again by itself while the page is open, and no more once it is closed", async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(1);
  expect(watch.pages.value.has("cases")).toBe(true);
  source.dead = 0;
  await vi.advanceTimersByTimeAsync(3_001);
  expect(watch.pages.value.has("cases")).toBe(false);
  watch.stop();
  source.dead = 1;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(watch.pages.value.has("cases")).toBe(false);
});

it("follows a replay to its end, after which the letter is gone", async () => {
  watch.start();
  await vi.advanceTimersByTimeAsync(1);
  const [first] = merged(watch.pages.value, watch.filter.value);
  const replay = watch.replay(first as NonNullable<typeof first>);
  await vi.advanceTimersByTimeAsync(800);
  await replay;
  expect(source.wishes).toEqual([{ replay_id: expect.any(String) as string, id: "a" }]);
  expect(watch.press.value && outcomeOf(watch.press.value)).toMatchObject({ handled: 1, left: 0 });
  expect(watch.pages.value.has("cases")).toBe(false);
});

it("replays by the filter, at the services alone that have dead letters", async () => {
  await watch.look();
  watch.filter.value = { service: null, code: "unreadable" };
  const replay = watch.replayAll();
  await vi.advanceTimersByTimeAsync(1);
  await replay;
  expect(source.wishes).toEqual([{ replay_id: expect.any(String) as string, code: "unreadable" }]);
});
