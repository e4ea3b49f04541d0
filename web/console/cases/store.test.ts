import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CaseActions } from "./actions";
import { CaseLoader } from "./loader";
import { OTTO, sampleCase, TINA } from "./sample";
import { CaseStore } from "./store";

const COUNTS = { unassigned: 0, mine: 0, all: 0 };
const uncertain = vi.fn();
let store: CaseStore;
let seen: number;

beforeEach(() => {
  seen = 0;
  uncertain.mockReset();
  const write = (time: number) => {
    seen = time;
  };
  const mark = { read: () => seen, write };
  store = new CaseStore(TINA, mark, uncertain);
  store.setStatus("unassigned", { phase: "ready" });
  store.setStatus("mine", { phase: "ready" });
  store.receivePage([], COUNTS, 0);
});

const rows = (list: "unassigned" | "mine" | "all") => store.rows[list].value.map((item) => item.id);

const page = (cases: ReturnType<typeof sampleCase>[]) => ({
  cases,
  next: null,
  counts: COUNTS,
  incoming: true,
});

describe("the red dot", () => {
  it("gives a muted case no dot, and takes it from one that is muted (S52)", () => {
    store.receive(sampleCase({ id: "quiet", muted: true }), "case.opened");
    expect(store.unseen.value.size).toBe(0);
    store.receive(sampleCase({ id: "loud" }), "case.opened");
    expect(store.unseen.value.size).toBe(1);
    store.receive(sampleCase({ id: "loud", version: 2, muted: true }), "case.edited");
    expect(store.unseen.value.size).toBe(0);
    expect(rows("unassigned")).toHaveLength(2);
  });

  it("comes when a case arrives while one looks elsewhere, and goes when Unassigned is opened", () => {
    store.receive(sampleCase({ id: "a" }), "case.opened");
    expect(store.unseen.value.size).toBe(1);
    store.look(true);
    expect(store.unseen.value.size).toBe(0);
  });

  it("does not come while one looks at Unassigned", () => {
    store.look(true);
    store.receive(sampleCase({ id: "a" }), "case.opened");
    store.look(false);
    expect(store.unseen.value.size).toBe(0);
  });

  it("goes when a colleague takes the case", () => {
    store.receive(sampleCase({ id: "a" }), "case.opened");
    store.receive(
      sampleCase({ id: "a", version: 2, state: "assigned", assignee: OTTO }),
      "case.changed",
    );
    expect(store.unseen.value.size).toBe(0);
  });

  it("comes for a case that the customer brought back to Unassigned", () => {
    const resolved = sampleCase({ id: "a", state: "resolved", assignee: OTTO });
    store.receivePage([resolved], COUNTS, 0);
    store.receive(sampleCase({ id: "a", version: 2, state_version: 2 }), "case.reopened");
    expect([...store.unseen.value]).toEqual(["a"]);
  });

  it("does not come for what had been seen before the reload", () => {
    seen = Date.parse("2026-05-04T10:00:00Z");
    store.receivePage([sampleCase({ id: "old", created_at: "2026-05-04T10:00:00Z" })], COUNTS, 0);
    expect(store.unseen.value.size).toBe(0);
    store.receivePage([sampleCase({ id: "new", created_at: "2026-05-04T10:00:01Z" })], COUNTS, 0);
    expect([...store.unseen.value]).toEqual(["new"]);
  });
});

describe("a case that was pending", () => {
  const asking = sampleCase({ id: "p", state: "pending" });
  const ready = sampleCase({ id: "p", version: 2, state_version: 2 });

  it("stands in All alone until it is ready, and is news then", () => {
    store.setStatus("all", { phase: "ready" });
    store.receive(asking, "case.opened");
    expect([rows("unassigned"), rows("all"), store.unseen.value.size]).toEqual([[], ["p"], 0]);
    store.receive(ready, "case.ready");
    expect([rows("unassigned"), store.unseen.value.size]).toEqual([["p"], 1]);
    expect(store.counts.value).toEqual({ unassigned: 1, mine: 0, all: 1 });
  });

  it("is assigned all the same when it became ready in the instant of the press", async () => {
    store.receive(asking, "case.opened");
    const won = { ...ready, version: 3, state_version: 3, state: "assigned", assignee: TINA };
    const act = vi.fn().mockRejectedValueOnce(new Error("moved")).mockResolvedValueOnce(won);
    const movedOn = () => ({ case: ready, by: null });
    const outcome = await new CaseActions(store, { act, movedOn }).perform(asking, "assign");
    expect(outcome?.kind).toBe("done");
    expect((act.mock.calls as unknown[][]).map((call) => call[2])).toEqual([1, 2]);
  });
});

describe("counts", () => {
  it("follow the frames, and a frame that comes twice counts once", () => {
    store.receive(sampleCase({ id: "a" }), "case.opened");
    store.receive(sampleCase({ id: "a" }), "case.opened");
    expect(store.counts.value).toEqual({ unassigned: 1, mine: 0, all: 1 });
  });

  it("are asked for when a case changes that was never loaded", () => {
    store.receive(sampleCase({ id: "far", version: 7, state: "resolved" }), "case.changed");
    expect(uncertain).toHaveBeenCalledOnce();
    expect(store.counts.value).toEqual(COUNTS);
  });

  it("count a case that was read by itself, because its frame will find it known", () => {
    const item = sampleCase({ id: "a" });
    store.receive(item, "case.opened");
    const mine = sampleCase({ id: "a", version: 2, state: "assigned", assignee: TINA });
    store.merge([mine]);
    store.receive(mine, "case.assigned");
    expect(store.counts.value).toEqual({ unassigned: 0, mine: 1, all: 1 });
  });

  it("are asked for again when a case is opened that nobody told of yet", () => {
    store.merge([sampleCase({ id: "a" })]);
    expect(uncertain).toHaveBeenCalledOnce();
  });

  describe("that come together with a frame", () => {
    const changedNow = (id: string) => sampleCase({ id, updated_at: new Date().toISOString() });
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ["Date"] });
      vi.advanceTimersByTime(10_000);
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it("are asked for again, because they may hold it already", () => {
      store.receivePage([], { ...COUNTS, all: 1 }, Date.now());
      store.receive(changedNow("a"), "case.opened");
      expect(uncertain).toHaveBeenCalledOnce();
    });

    it("are asked for again where it came while they were on their way, and may not hold it", () => {
      const askedAt = Date.now();
      store.receive(changedNow("a"), "case.opened");
      store.receivePage([], COUNTS, askedAt);
      expect(uncertain).toHaveBeenCalledOnce();
    });

    it("are asked for again where it came during a full reading, whose counts may be older", () => {
      store.beginReading();
      store.receive(changedNow("a"), "case.opened");
      uncertain.mockReset();
      store.replaceAll([], COUNTS, null);
      expect(uncertain).toHaveBeenCalledOnce();
    });

    it("are asked for again where a frame is very late, because its change is older than they are", () => {
      const late = changedNow("a");
      vi.advanceTimersByTime(30_000);
      store.receivePage([], { ...COUNTS, all: 1 }, Date.now());
      vi.advanceTimersByTime(10_000);
      store.receive(late, "case.opened");
      expect(uncertain).toHaveBeenCalledOnce();
    });

    it("are right where it came long before or long after", () => {
      store.receive(changedNow("a"), "case.opened");
      vi.advanceTimersByTime(1);
      store.receivePage([], { ...COUNTS, unassigned: 1, all: 1 }, Date.now());
      vi.advanceTimersByTime(2_000);
      store.receive(changedNow("b"), "case.opened");
      expect(uncertain).not.toHaveBeenCalled();
      expect(store.counts.value).toEqual({ unassigned: 2, mine: 0, all: 2 });
    });
  });
});

describe("an action", () => {
  const waiting = sampleCase({ id: "a" });
  let answer: { resolve: (item: typeof waiting) => void; reject: (error: unknown) => void };
  const act = vi.fn();
  let actions: CaseActions;

  beforeEach(() => {
    store.receive(waiting, "case.opened");
    act.mockReset().mockImplementation(
      () =>
        new Promise((resolve, reject) => {
          answer = { resolve, reject };
        }),
    );
    const movedOn = (error: unknown) =>
      (error as { moved?: { case: typeof waiting; by: typeof OTTO } }).moved ?? null;
    actions = new CaseActions(store, { act, movedOn });
  });

  it("shows at once, and stays when it wins", async () => {
    const done = actions.perform(waiting, "assign");
    expect(rows("mine")).toEqual(["a"]);
    expect(rows("unassigned")).toEqual([]);
    answer.resolve(
      sampleCase({ id: "a", version: 2, state_version: 2, state: "assigned", assignee: TINA }),
    );
    expect((await done)?.kind).toBe("done");
    expect(rows("mine")).toEqual(["a"]);
    expect(store.counts.value).toEqual({ unassigned: 0, mine: 1, all: 1 });
  });

  it("is taken back when somebody was faster, and says who", async () => {
    const done = actions.perform(waiting, "assign");
    const taken = sampleCase({
      id: "a",
      version: 2,
      state_version: 2,
      state: "assigned",
      assignee: OTTO,
    });
    answer.reject({ moved: { case: taken, by: OTTO } });
    expect(await done).toMatchObject({ kind: "moved_on", by: OTTO });
    expect(rows("mine")).toEqual([]);
    expect(store.shown.value.get("a")?.assignee).toEqual(OTTO);
  });

  it("is void as soon as a frame shows that the case moved on", () => {
    void actions.perform(waiting, "assign");
    store.receive(
      sampleCase({ id: "a", version: 2, state_version: 2, state: "assigned", assignee: OTTO }),
      "case.changed",
    );
    expect(rows("mine")).toEqual([]);
  });

  it("is taken back when the server cannot be reached", async () => {
    const done = actions.perform(waiting, "assign");
    answer.reject(new Error("away"));
    expect((await done)?.kind).toBe("failed");
    expect(rows("unassigned")).toEqual(["a"]);
  });

  it("is sent once however often it is pressed", async () => {
    void actions.perform(waiting, "assign");
    expect(await actions.perform(waiting, "assign")).toBeNull();
    expect(act).toHaveBeenCalledOnce();
  });
});

describe("reading again after a lost connection", () => {
  const source = { list: vi.fn(), get: vi.fn() };

  it("forgets what changed unseen, but not what the socket brought meanwhile", async () => {
    store.receive(sampleCase({ id: "gone" }), "case.opened");
    source.list.mockImplementation(async () => {
      store.receive(sampleCase({ id: "during" }), "case.opened");
      return page([sampleCase({ id: "there" })]);
    });
    await new CaseLoader(store, source).readAgain("unassigned", null);
    expect(rows("unassigned").sort()).toEqual(["during", "there"]);
  });

  it("drops a page that was asked for before", async () => {
    const loader = new CaseLoader(store, source);
    let answerLate: (value: unknown) => void = () => undefined;
    const late = new Promise((resolve) => {
      answerLate = resolve;
    });
    source.list.mockReturnValueOnce(late);
    const first = loader.open("all");
    source.list.mockImplementation(async () => page([sampleCase({ id: "new", version: 2 })]));
    await loader.readAgain("all", null);
    answerLate(page([sampleCase({ id: "stale" })]));
    await first;
    expect(rows("all")).toEqual(["new"]);
  });

  it("says so when the server does not answer, and can be tried again", async () => {
    const loader = new CaseLoader(store, source);
    source.list.mockRejectedValueOnce(new Error("away"));
    await loader.open("all");
    expect(store.statuses.all.value.phase).toBe("failed");
    source.list.mockResolvedValue(page([sampleCase({ id: "a" })]));
    await loader.open("all");
    expect(rows("all")).toEqual(["a"]);
  });
});
