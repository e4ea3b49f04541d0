import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../../shared/api";
import { setLocale } from "../../shared/i18n";
import { Unread } from "./Unread";

const page = document.body.appendChild(document.createElement("div"));
const away = () => new ApiError("unavailable", 503);
const onRetry = vi.fn();
const show = (error: unknown, asked = false) =>
  act(() => render(h(Unread, { error, onRetry, asked }), page));
const button = () => page.querySelector("button");

beforeAll(() => setLocale("en"));
beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(1);
  onRetry.mockReset();
});
afterEach(() => {
  void act(() => render(null, page));
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it("what nobody answered is asked for again by itself, each time after a longer pause", async () => {
  await show(away());
  expect(page.querySelector(".banner")?.getAttribute("role")).toBe("status");
  expect(page.textContent).toContain("We keep trying by ourselves.");
  vi.advanceTimersByTime(399);
  expect(onRetry).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(onRetry).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(60_000);
  expect(onRetry).toHaveBeenCalledTimes(1);
  await show(away());
  vi.advanceTimersByTime(799);
  expect(onRetry).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(onRetry).toHaveBeenCalledTimes(2);
});

it("a press asks at once and not twice, and is under way until there is an answer", async () => {
  await show(away());
  await act(() => button()?.click());
  await act(() => button()?.click());
  vi.advanceTimersByTime(60_000);
  expect(onRetry).toHaveBeenCalledTimes(1);
  expect(button()?.getAttribute("aria-busy")).toBe("true");
  await show(away());
  expect(button()?.getAttribute("aria-busy")).toBe("false");
});

it("what is refused, or asked for by its reader, waits for a press; and what is left is asked for no more", async () => {
  await show(new ApiError("case_unknown", 404));
  expect(page.querySelector(".banner")?.getAttribute("role")).toBe("alert");
  vi.advanceTimersByTime(60_000);
  await show(away(), true);
  vi.advanceTimersByTime(60_000);
  await show(away());
  await act(() => render(null, page));
  vi.advanceTimersByTime(60_000);
  expect(onRetry).not.toHaveBeenCalled();
});
