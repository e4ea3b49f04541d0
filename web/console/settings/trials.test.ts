import { expect, it } from "vitest";
import type { RingTrialView, SnoozeTrialView, SwitchTrialView } from "../../shared/generated/rest";
import * as ring from "./ringTrial";
import * as snooze from "./snoozeTrial";
import * as switched from "./switchTrial";

const place = {
  since: "2026-04-01T00:00:00Z",
  until: "2026-05-01T00:00:00Z",
  cases: 3,
  changed_count: 1,
  progress: 0.5,
  cut: false,
};

it("adds up what sleeps would have ended in", () => {
  const part: SnoozeTrialView = {
    ...place,
    snoozes: 3,
    concluded: 1,
    before: { endings: { due: 2, asleep: 1 }, slept_seconds: 100 },
    after: { endings: { due: 3 }, slept_seconds: 60 },
    changed: [],
    next: "1-2-3",
  };
  const whole = snooze.added(snooze.added(null, part), { ...part, cases: 5, next: null });
  expect(whole).toMatchObject({
    cases: 5,
    snoozes: 6,
    concluded: 2,
    before: { endings: { due: 4, asleep: 2 }, slept_seconds: 200 },
    after: { endings: { due: 6 }, slept_seconds: 120 },
    changedCount: 2,
    done: true,
  });
});

it("adds up who would have got what, whoever has most first", () => {
  const ann = { id: "ann", name: "Ann" };
  const ben = { id: "ben", name: "Ben" };
  const part: SwitchTrialView = {
    ...place,
    waits: 4,
    at_once: 2,
    later: 1,
    assumed: 1,
    known_since: null,
    before_seconds: 90,
    after_seconds: 30,
    people: [{ person: ann, before: 3, after: 1 }],
    changed: [],
    next: "1-2-3~desk",
  };
  const other = { ...part, people: [{ person: ben, before: 0, after: 4 }], next: null };
  const whole = switched.added(switched.added(switched.added(null, part), part), other);
  expect(whole.people).toEqual([
    { person: ben, before: 0, after: 4 },
    { person: ann, before: 6, after: 2 },
  ]);
  expect(whole).toMatchObject({
    waits: 12,
    atOnce: 6,
    later: 3,
    assumed: 3,
    beforeSeconds: 270,
    afterSeconds: 90,
    changedCount: 3,
    done: true,
  });
});

it("adds up how often it would have rung", () => {
  const part: RingTrialView = {
    ...place,
    waits: 5,
    before: { waits: 2, again: 3, mailed: 0 },
    after: { waits: 3, again: 4, mailed: 1 },
    changed: [],
    next: "1-2-3",
  };
  expect(ring.added(ring.added(null, part), { ...part, next: null })).toMatchObject({
    waits: 10,
    before: { waits: 4, again: 6, mailed: 0 },
    after: { waits: 6, again: 8, mailed: 2 },
    done: true,
  });
});

it.each([
  [{ morning: "", weekday: "0", limited: false, days: "14" }, ["morning"]],
  [{ morning: "09:00", weekday: "0", limited: true, days: "0" }, ["days"]],
  [{ morning: "09:00", weekday: "0", limited: true, days: "366" }, ["days"]],
  [{ morning: "09:00", weekday: "0", limited: false, days: "x" }, []],
])("says what is wrong with snooze times", (form, wrong) => {
  expect(Object.keys(snooze.check(form))).toEqual(wrong);
});

it("keeps no days where a reply is waited for without end", () => {
  const form = snooze.formOf({ morning: "07:30", weekday: 1, reply_days: null });
  expect(snooze.bodyOf(form)).toEqual({ morning: "07:30", weekday: 1, reply_days: null });
  expect(snooze.bodyOf({ ...form, limited: true, days: "3" }).reply_days).toBe(3);
});

it.each([
  [{ seconds: "0", times: "3" }, ["seconds"]],
  [{ seconds: "60", times: "101" }, ["times"]],
  [{ seconds: "1.5", times: "-1" }, ["seconds", "times"]],
  [{ seconds: "60", times: "0" }, []],
])("says what is wrong with how often it rings", (form, wrong) => {
  expect(Object.keys(ring.check(form))).toEqual(wrong);
});
