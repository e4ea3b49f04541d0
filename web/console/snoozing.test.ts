import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SnoozeTimesBody } from "../shared/generated/rest";
import { setLocale } from "../shared/i18n";
import { Snoozing, snoozeText, snoozeTimes, SNOOZES } from "./snoozing";

const NINE: SnoozeTimesBody = { morning: "09:00", weekday: 0, reply_days: null };
const EARLY: SnoozeTimesBody = { morning: "07:30", weekday: 4, reply_days: 3 };

beforeAll(() => setLocale("en"));
beforeEach(() => {
  snoozeTimes.value = NINE;
});

describe("the choices of putting a case off", () => {
  it("say what the account has decided", async () => {
    // Some browsers write a narrow space between the minutes and AM.
    const said = () => SNOOZES.map((choice) => snoozeText(choice).replaceAll("\u202f", " "));
    expect(said()).toEqual(["The next reply", "Tomorrow, 9:00 AM", "Next week, Monday 9:00 AM"]);
    await new Snoozing({ read: () => Promise.resolve(EARLY) }).load();
    expect(said()).toEqual([
      "The next reply, 3 days at most",
      "Tomorrow, 7:30 AM",
      "Next week, Friday 7:30 AM",
    ]);
  });

  it("stay what they were when nobody answers, and when an answer was overtaken", async () => {
    await new Snoozing({ read: () => Promise.reject(new Error("away")) }).load();
    expect(snoozeTimes.value).toEqual(NINE);
    const answers: ((times: SnoozeTimesBody) => void)[] = [];
    const snoozing = new Snoozing({ read: () => new Promise((done) => answers.push(done)) });
    const loads = [snoozing.load(), snoozing.load()];
    answers[1]?.(EARLY);
    answers[0]?.(NINE);
    await Promise.all(loads);
    expect(snoozeTimes.value).toEqual(EARLY);
  });
});
