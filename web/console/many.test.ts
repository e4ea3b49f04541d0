import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../shared/i18n";
import type { Outcome } from "./cases/actions";
import { OTTO, sampleCase, TINA } from "./cases/sample";
import type { Desk } from "./desk";
import { performMany, progress } from "./many";
import type { Case } from "./model";
import { toasts } from "./toasts";

const perform = vi.fn<(item: Case, action: string) => Promise<Outcome | null>>();
const undo = vi.fn<(id: string, version: number) => Promise<Case>>();
const settleAction = vi.fn();
const desk = {
  actions: { perform },
  backend: { undo },
  store: { settleAction },
} as unknown as Desk;
const mine = (id: string) =>
  sampleCase({
    id,
    state: "assigned",
    assignee: TINA,
    live: false,
    ended_at: "2026-05-04T10:09:00Z",
  });
const done = (item: Case): Outcome => ({
  kind: "done",
  act: { do: "resolve" },
  case: { ...item, version: 2 },
});

beforeAll(() => setLocale("en"));
beforeEach(() => {
  toasts.value = [];
  undo.mockReset();
  settleAction.mockReset();
  perform.mockReset().mockImplementation(async (item) => done(item));
});

describe("an action on many cases", () => {
  it("is done for each that allows it, says so, and how to undo it", async () => {
    const live = sampleCase({ id: "live", state: "assigned", assignee: TINA });
    await performMany(desk, [mine("a"), live, mine("b")], "resolve");
    expect(perform.mock.calls.map(([item]) => item.id)).toEqual(["a", "b"]);
    expect(toasts.value[0]?.text).toBe("2 cases are resolved. One was left as it is.");
  });

  it("is taken back for each, by the version that it made, unless somebody has gone on from there", async () => {
    await performMany(desk, ["a", "b"].map(mine), "resolve");
    undo.mockResolvedValueOnce(mine("a")).mockRejectedValueOnce(new Error("moved on"));
    toasts.value[0]?.action?.run();
    await vi.waitFor(() => expect(toasts.value).toHaveLength(2));
    expect(undo.mock.calls).toEqual([
      ["a", 2],
      ["b", 2],
    ]);
    expect(settleAction).toHaveBeenCalledExactlyOnceWith(mine("a"));
    expect(toasts.value[1]?.text).toBe("One case is as it was before. One was left as it is.");
  });

  it("says who was not done, and is no success then", async () => {
    perform.mockImplementation(async (item) => {
      if (item.id === "a")
        return { kind: "moved_on", act: { do: "resolve" }, case: item, by: OTTO };
      if (item.id === "b")
        return { kind: "failed", act: { do: "resolve" }, case: item, error: null };
      return done(item);
    });
    await performMany(desk, ["a", "b", "c"].map(mine), "resolve");
    expect(toasts.value[0]).toMatchObject({ tone: "error" });
    expect(toasts.value[0]?.text).toBe(
      "One case is resolved. One had changed in the meantime. One could not be changed.",
    );
  });

  it("asks for a few at a time and tells how far it is", async () => {
    let open = 0;
    let most = 0;
    const seen: number[] = [];
    perform.mockImplementation(async (item) => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open -= 1;
      seen.push(progress.value?.done ?? -1);
      return done(item);
    });
    await performMany(
      desk,
      Array.from({ length: 11 }, (_, at) => mine(String(at))),
      "resolve",
    );
    expect(most).toBe(4);
    expect(Math.max(...seen)).toBeGreaterThan(6);
    expect(perform).toHaveBeenCalledTimes(11);
    expect(progress.value).toBeNull();
  });
});
