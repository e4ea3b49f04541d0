import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Case, CasePage, ListName } from "../model";
import { CaseLoader } from "./loader";
import { sampleCase, TINA } from "./sample";
import { CaseStore } from "./store";

let store: CaseStore;

const rows = (list: ListName) => store.rows[list].value.map((item) => item.id);
const page = (cases: Case[], incoming: boolean): CasePage => ({
  cases,
  next: null,
  counts: { unassigned: 0, mine: 0, all: 0 },
  incoming,
});

describe("who is not available", () => {
  const waiting = sampleCase({ id: "w" });
  const asking = sampleCase({ id: "p", state: "pending" });
  const mine = sampleCase({ id: "m", state: "assigned", assignee: TINA });

  beforeEach(() => {
    store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
    store.setStatus("mine", { phase: "ready" });
    store.setStatus("all", { phase: "ready" });
    store.receivePage([waiting, asking, mine], { unassigned: 1, mine: 1, all: 3 }, 0);
    store.setIncoming(false);
  });

  it("sees nothing that waits, neither in All nor counted, and keeps their own", () => {
    expect([rows("unassigned"), rows("mine"), rows("all")]).toEqual([[], ["m"], ["m"]]);
    expect(store.counts.value).toMatchObject({ unassigned: 0, mine: 1 });
    expect(store.unseen.value.size).toBe(0);
  });

  it("is shown nothing that a late frame or an old page brings", () => {
    store.receive(sampleCase({ id: "late" }), "case.opened");
    store.receivePage([sampleCase({ id: "old" })], { unassigned: 1, mine: 1, all: 4 }, 0);
    expect([rows("unassigned"), rows("all")]).toEqual([[], ["m"]]);
    expect(store.unseen.value.size).toBe(0);
  });

  it("loses a case from sight that its customer brings back to Unassigned", () => {
    const resolved = sampleCase({ id: "r", state: "resolved", assignee: TINA });
    store.receive(resolved, "case.resolved");
    expect(rows("all")).toContain("r");
    store.receive(sampleCase({ id: "r", version: 2, state_version: 2 }), "case.reopened");
    expect(rows("all")).not.toContain("r");
  });

  it("loses it as soon as the desk withdraws it, and asks how long the lists are now", () => {
    const uncertain = vi.fn();
    store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, uncertain);
    store.setStatus("all", { phase: "ready" });
    const resolved = sampleCase({ id: "r", state: "resolved", assignee: TINA });
    store.receivePage([resolved], { unassigned: 0, mine: 0, all: 1 }, 0);
    store.withdraw("r");
    store.withdraw("never seen");
    expect(rows("all")).toEqual([]);
    expect(uncertain).toHaveBeenCalledTimes(2);
    store.beginReading();
    store.receive({ ...resolved, version: 3 }, "case.resolved");
    store.withdraw("r");
    store.replaceAll([], { unassigned: 0, mine: 0, all: 0 }, null);
    expect(rows("all")).toEqual([]);
  });

  it("has what is counted beside the lists counted anew, once they are read after a change of sight", () => {
    const uncertain = vi.fn();
    store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, uncertain);
    const read = () => {
      store.beginReading();
      store.replaceAll([waiting], { unassigned: 1, mine: 0, all: 1 }, null);
    };
    read();
    expect(uncertain).not.toHaveBeenCalled();
    for (const shown of [false, true]) {
      store.setIncoming(shown);
      uncertain.mockClear();
      read();
      expect(uncertain).toHaveBeenCalledOnce();
      uncertain.mockClear();
      read();
      expect(uncertain).not.toHaveBeenCalled();
    }
  });

  it("sees it again once the service of cases has heard that they are available", async () => {
    vi.useFakeTimers();
    store.setIncoming(true);
    expect(store.statuses.unassigned.value.phase).toBe("loading");
    const list = vi.fn().mockResolvedValueOnce(page([mine], false));
    list.mockResolvedValueOnce(page([mine], false)).mockResolvedValueOnce(page([mine], false));
    list.mockResolvedValue(page([waiting, mine], true));
    const reading = new CaseLoader(store, { list, get: vi.fn() }).readAgain("all", null);
    await vi.advanceTimersByTimeAsync(1_000);
    await reading;
    vi.useRealTimers();
    expect(rows("unassigned")).toEqual(["w"]);
  });
});
