import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../shared/i18n";
import type { ManyResult } from "../shared/generated/rest";
import type { Act } from "./cases/pending";
import { OTTO, sampleCase, TINA } from "./cases/sample";
import { CaseStore } from "./cases/store";
import type { Desk } from "./desk";
import { performMany, progress } from "./many";
import type { Case } from "./model";
import { toasts } from "./toasts";

const actOnMany = vi.fn<(items: readonly Case[], act: Act) => Promise<ManyResult[]>>();
const undoMany = vi.fn<(changes: { id: string; version: number }[]) => Promise<ManyResult[]>>();
const store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
const desk = { backend: { actOnMany, undoMany }, store, technician: TINA } as unknown as Desk;
const mine = (id: string) =>
  sampleCase({
    id,
    state: "assigned",
    assignee: TINA,
    live: false,
    ended_at: "2026-05-04T10:09:00Z",
  });
const done = (item: Case, change: Partial<Case> = {}): ManyResult => ({
  id: item.id,
  outcome: "done",
  case: { ...item, version: 2, ...change },
  version: 2,
  code: "",
});

beforeAll(() => setLocale("en"));
beforeEach(() => {
  toasts.value = [];
  store.cases.value = new Map();
  undoMany.mockReset();
  actOnMany.mockReset().mockImplementation(async (items) => items.map((item) => done(item)));
});

describe("an action on many cases", () => {
  it("is done for each that allows it, says so, and how to undo it", async () => {
    const live = sampleCase({ id: "live", state: "assigned", assignee: TINA });
    await performMany(desk, [mine("a"), live, mine("b")], "resolve");
    expect(actOnMany.mock.calls.map(([items]) => items.map(({ id }) => id))).toEqual([["a", "b"]]);
    expect(store.cases.value.get("a")?.version).toBe(2);
    expect(toasts.value[0]?.text).toBe(
      "2 cases are resolved. One is a live chat and is ended by itself, not with others.",
    );
  });

  it("is taken back for each, by the version that it made, unless somebody has gone on from there", async () => {
    await performMany(desk, ["a", "b"].map(mine), "resolve");
    undoMany.mockResolvedValueOnce([
      done(mine("a"), { version: 3 }),
      { ...done(mine("b"), { version: 4 }), outcome: "moved_on", version: null },
    ]);
    toasts.value[0]?.action?.run();
    await vi.waitFor(() => expect(toasts.value).toHaveLength(2));
    const changes = ["a", "b"].map((id) => ({ id, version: 2 }));
    expect(undoMany.mock.calls).toEqual([[changes]]);
    // What somebody else went on with is shown as it is now.
    expect(store.cases.value.get("b")?.version).toBe(4);
    expect(toasts.value[1]?.text).toBe("One case is as it was before. One was left as it is.");
  });

  it("is taken back where it was reopening, too", async () => {
    await performMany(desk, [mine("a")], "reopen");
    expect(toasts.value[0]?.action).toBeDefined();
  });

  it("says who was not done, and is no success then", async () => {
    actOnMany.mockImplementation(async (items) =>
      items.map((item) => {
        const faster = { state: "resolved", changed_by: OTTO } as const;
        if (item.id === "a") return { ...done(item, faster), outcome: "moved_on", version: null };
        if (item.id === "b")
          return { ...done(item), outcome: "refused", case: null, version: null };
        return done(item);
      }),
    );
    await performMany(desk, ["a", "b", "c"].map(mine), "resolve");
    expect(toasts.value[0]).toMatchObject({ tone: "error" });
    expect(toasts.value[0]?.text).toBe(
      `One case is resolved. ${OTTO.name} has already resolved case #1042. One could not be changed.`,
    );
  });

  it("counts those that somebody was faster with, where they are many", async () => {
    actOnMany.mockImplementation(async (items) =>
      items.map((item) => ({ ...done(item), outcome: "moved_on", version: null })),
    );
    await performMany(desk, ["a", "b", "c", "d"].map(mine), "resolve");
    expect(toasts.value[0]?.text).toBe("No case was resolved. 4 had changed in the meantime.");
  });

  it("asks for nothing where all are live chats, and says why nothing was done", async () => {
    const live = ["a", "b"].map((id) => sampleCase({ id, state: "assigned", assignee: TINA }));
    await performMany(desk, live, { do: "spam", spam: true });
    expect(actOnMany).not.toHaveBeenCalled();
    expect(toasts.value[0]).toMatchObject({
      tone: "warning",
      text: "No case was changed. 2 are live chats and are ended one by one.",
    });
    expect(toasts.value[0]?.action).toBeUndefined();
  });

  it("goes in portions, tells how far it is, and shows each as it will be", async () => {
    const seen: number[] = [];
    const items = Array.from({ length: 60 }, (_, at) => mine(String(at)));
    store.cases.value = new Map(items.map((item) => [item.id, item]));
    actOnMany.mockImplementation(async (part) => {
      seen.push(progress.value?.done ?? -1);
      expect(store.shown.value.get(part[0]?.id ?? "")?.state).toBe("resolved");
      return part.map((item) => done(item, { state: "resolved" }));
    });
    await performMany(desk, items, "resolve");
    expect(actOnMany.mock.calls.map(([part]) => part.length)).toEqual([25, 25, 10]);
    expect(seen).toEqual([0, 25, 50]);
    expect(progress.value).toBeNull();
    expect(store.pending.value.size).toBe(0);
  });

  it("is counted as not done where no answer comes, and looks as before", async () => {
    store.cases.value = new Map([["a", mine("a")]]);
    actOnMany.mockRejectedValue(new Error("away"));
    await performMany(desk, [mine("a")], "resolve");
    expect(toasts.value[0]).toMatchObject({ tone: "error" });
    expect(store.shown.value.get("a")?.state).toBe("assigned");
  });

  it("is no spam any more by one question: mark and state are one act", async () => {
    await performMany(desk, [mine("a")], { do: "spam", spam: true });
    undoMany.mockResolvedValueOnce([done(mine("a"), { version: 4, spam: false })]);
    toasts.value[0]?.action?.run();
    await vi.waitFor(() => expect(toasts.value).toHaveLength(2));
    expect(actOnMany.mock.lastCall?.[1]).toEqual({ do: "spam", spam: true });
  });

  it("is taken back in portions, and counted as left where no answer comes", async () => {
    await performMany(
      desk,
      Array.from({ length: 30 }, (_, at) => mine(String(at))),
      "resolve",
    );
    undoMany.mockImplementationOnce(async (changes) =>
      changes.map(({ id }) => done(mine(id), { version: 3 })),
    );
    undoMany.mockRejectedValueOnce(new Error("away"));
    toasts.value[0]?.action?.run();
    await vi.waitFor(() => expect(toasts.value).toHaveLength(2));
    expect(undoMany.mock.calls.map(([changes]) => changes.length)).toEqual([25, 5]);
    expect(toasts.value[1]?.text).toBe(
      "25 cases are as they were before. 5 were left as they are.",
    );
    expect(progress.value).toBeNull();
  });
});
