import { describe, expect, it } from "vitest";
import type { LevelBody, SlaTrialView } from "../../shared/generated/rest";
import { bodyOf, check, formOf, minutesOf } from "./serviceLevel";
import { Trial } from "./trial";

const LEVEL = {
  targets: { first_response: 30, next_response: null, resolution: 480 },
  by_priority: { urgent: { first_response: 5, next_response: null, resolution: null } },
  warn_percent: 10,
  hours: {
    zone: "Europe/Berlin",
    week: [[{ begin: "22:00", end: "06:00" }], [], [], [], [], [], []],
    holidays: ["2026-12-25"],
  },
  changed_at: "2026-05-04T10:00:00Z",
  recount: null,
};

describe("the form of a service level", () => {
  it("says what was kept, and sends it as it was", () => {
    const { changed_at: _, recount: __, ...body } = LEVEL;
    expect(bodyOf(formOf(LEVEL))).toEqual(body);
    expect(formOf(LEVEL).resolution).toEqual({ amount: "8", unit: "hours" });
  });

  it("begins with a working week and without a promise", () => {
    const form = formOf(null);
    expect(form.week.map((day) => day.length)).toEqual([1, 1, 1, 1, 1, 0, 0]);
    expect(bodyOf(form).targets).toEqual({
      first_response: null,
      next_response: null,
      resolution: null,
    });
  });

  it("reads minutes and hours, and nothing else", () => {
    expect(minutesOf({ amount: "1.5", unit: "hours" })).toBe(90);
    expect(minutesOf({ amount: " ", unit: "hours" })).toBeNull();
    for (const amount of ["0", "-1", "1.5", "soon", "100001"])
      expect(minutesOf({ amount, unit: "minutes" })).toBeNaN();
  });

  it("names the fields that are wrong", () => {
    const form = formOf(LEVEL);
    expect(check(form)).toEqual({});
    expect(Object.keys(check({ ...form, resolution: { amount: "x", unit: "hours" } }))).toEqual([
      "resolution",
    ]);
    expect(Object.keys(check({ ...form, zone: "Europe/Atlantis" }))).toEqual(["zone"]);
    expect(Object.keys(check({ ...form, week: [[], [], [], [], [], [], []] }))).toEqual(["week"]);
    expect(check({ ...form, zone: "", always: true })).toEqual({});
  });
});

function part(cases: number, next: string | null): SlaTrialView {
  const tally = { met: 2, breached: 1 };
  const changed = {
    case_id: `c${cases}`,
    number: cases,
    created_at: "2026-05-04T10:00:00Z",
    before: {},
    after: {},
  };
  return {
    since: "2026-04-04T10:00:00Z",
    until: "2026-05-04T10:00:00Z",
    cases,
    before: { first_response: tally },
    after: { first_response: tally },
    changed_count: 1,
    changed: [changed],
    progress: next ? 0.5 : 1,
    next,
    cut: false,
  };
}

describe("a trial", () => {
  it("adds its parts up", async () => {
    const asked: (string | null)[] = [];
    const trial = new Trial((_, after) => {
      asked.push(after);
      return Promise.resolve(after === null ? part(10, "next") : part(15, null));
    });
    await trial.run({} as LevelBody);
    expect(asked).toEqual([null, "next"]);
    expect(trial.sum.value).toMatchObject({ cases: 15, changedCount: 2, done: true, progress: 1 });
    expect(trial.sum.value?.after.first_response).toEqual({ met: 4, breached: 2 });
    expect(trial.sum.value?.changed.map(({ number }) => number)).toEqual([10, 15]);
    expect(trial.busy.value).toBe(false);
  });

  it("asks no further once it was stopped, and keeps what it has", async () => {
    const trial: Trial = new Trial(() =>
      Promise.resolve(part(10, "next")).finally(() => trial.sum.peek() && trial.stop()),
    );
    await trial.run({} as LevelBody);
    expect(trial.sum.value?.done).toBe(false);
    expect(trial.busy.value).toBe(false);
  });

  it("says why it could not go on", async () => {
    const trial = new Trial(() => Promise.reject(new Error("away")));
    await trial.run({} as LevelBody);
    expect(trial.failure.value).toBeInstanceOf(Error);
    trial.clear();
    expect(trial.failure.value).toBeNull();
  });
});
