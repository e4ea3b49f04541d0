import { effect } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setLocale } from "./i18n";
import {
  formatDate,
  formatDay,
  formatDuration,
  formatRelative,
  noteServerTime,
  now,
  serverNow,
} from "./time";

const NOON = Date.parse("2026-03-04T12:00:00Z");
const ago = (seconds: number) => new Date(NOON - seconds * 1000).toISOString();

beforeEach(async () => {
  vi.useFakeTimers({ now: NOON });
  noteServerTime(new Date(NOON).toUTCString());
  await setLocale("en");
});

afterEach(() => {
  vi.useRealTimers();
});

it.each([
  [42, "0:42"],
  [725, "12:05"],
  [3753, "1:02:33"],
  [-5, "0:00"],
])("writes %i seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds * 1000)).toBe(text);
});

it("writes times relative up to a day and absolute after it, in the viewer's language", async () => {
  expect(formatRelative(ago(20), NOON)).toBe("now");
  expect(formatRelative(ago(300), NOON)).toBe("5 minutes ago");
  expect(formatRelative(ago(86_399), NOON)).toBe("23 hours ago");
  expect(formatRelative(ago(86_400), NOON)).toContain("3");
  expect(formatRelative(ago(86_400), NOON)).not.toContain("ago");
  expect(formatRelative(ago(400 * 86_400), NOON)).toContain("2025");
  await setLocale("de");
  expect(formatRelative(ago(300), NOON)).toBe("vor 5 Minuten");
});

it("names the year of a day only where it is another one", () => {
  const [today, nextYear] = [ago(0), "2027-11-22T09:15:30Z"];
  expect(formatDate(today)).toBe("Mar 4");
  expect(formatDate(nextYear)).toBe("Nov 22, 2027");
  expect(formatDay(today)).not.toContain("2026");
  expect(formatDay(nextYear)).toContain("2027");
});

it("ticks while somebody looks, and only then", () => {
  const seen: number[] = [];
  expect(vi.getTimerCount()).toBe(0);
  const stop = effect(() => {
    seen.push(now.value);
  });
  vi.advanceTimersByTime(2000);
  expect(seen.length).toBe(3);
  stop();
  expect(vi.getTimerCount()).toBe(0);
});

it("follows the server's clock when the browser's is wrong", () => {
  noteServerTime(new Date(NOON + 90_000).toUTCString());
  expect(serverNow()).toBe(NOON + 90_000);
  noteServerTime(new Date(NOON + 1_000).toUTCString());
  expect(serverNow()).toBe(NOON);
  noteServerTime("nonsense");
  expect(serverNow()).toBe(NOON);
});
