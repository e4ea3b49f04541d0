import { describe, expect, it } from "vitest";
import { sampleCase } from "./cases/sample";
import { mailtoOf } from "./mailto";
import { questionOf, wasChat } from "./model";
import { caseDuration, formatAge } from "./parts/CaseTime";

const created_at = "2026-05-04T10:00:00Z";
const requested_at = "2026-05-04T10:02:00.120Z";
const first = { text: "The export stops", time: "2026-05-04T10:00:10Z" };
const asked = { text: "Please write to me", time: requested_at };

const letter = sampleCase({
  id: "a",
  type: "request",
  live: false,
  created_at: requested_at,
  requested_at,
  problem: [asked],
});
const stopped = sampleCase({
  id: "b",
  type: "request",
  live: false,
  created_at,
  requested_at,
  ended_at: requested_at,
  problem: [first, asked],
});
const gone = { ...stopped, problem: [first] };

describe("a request", () => {
  it("has a conversation only where there was a chat", () => {
    expect([letter, stopped, gone, sampleCase({ id: "c" })].map(wasChat)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it("asks what was written last, unless its customer left without a word", () => {
    expect(questionOf(letter)).toBe(asked.text);
    expect(questionOf(stopped)).toBe(asked.text);
    expect(questionOf(gone)).toBeNull();
    expect(questionOf(sampleCase({ id: "c", problem: [first] }))).toBeNull();
  });

  it("counts the wait and the time since, until it is resolved", () => {
    const later = Date.parse(created_at) + 300_000;
    expect(caseDuration(stopped, later)).toBe(300_000);
    const resolved = { ...stopped, resolved_at: "2026-05-04T10:03:00Z" };
    expect(caseDuration(resolved, later)).toBe(180_000);
  });

  it("is answered by a mail that carries the number and the customer's own words", () => {
    const item = { ...letter, preview: "Export & <b>?\nSecond line" };
    item.customer = { ...item.customer, email: "ada+x@example.com" };
    expect(mailtoOf(item)).toBe(
      "mailto:ada%2Bx@example.com?subject=%231042%20Export%20%26%20%3Cb%3E%3F%20Second%20line",
    );
  });
});

describe("a time", () => {
  it("is a clock up to a day, and days with hours beyond", () => {
    const hour = 3_600_000;
    expect(formatAge(24 * hour - 1_000)).toBe("23:59:59");
    expect(formatAge(24 * hour)).toBe("1 day 0 hr");
    expect(formatAge(75.5 * hour)).toBe("3 days 3 hr");
  });
});
