import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import { Counting } from "./counting";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const away = () => Promise.reject(new ApiError("unavailable", 503));

it("asks once for many changes, and not before a moment is over", async () => {
  const read = vi.fn(() => Promise.resolve());
  const counting = new Counting(read);
  for (let frame = 0; frame < 10; frame++) {
    counting.soon();
    await vi.advanceTimersByTimeAsync(40);
  }
  expect(read).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(100);
  expect(read).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledOnce();
});

it("asks until there is an answer, though nothing changes any more", async () => {
  const read = vi.fn<() => Promise<unknown>>(away);
  const counting = new Counting(read);
  counting.soon();
  await vi.advanceTimersByTimeAsync(30_000);
  const asked = read.mock.calls.length;
  expect(asked).toBeGreaterThan(3);
  read.mockImplementation(() => Promise.resolve());
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(asked + 1);
});

it("asks soon for a new change, however long it would have waited for the next try", async () => {
  const read = vi.fn<() => Promise<unknown>>(away);
  const counting = new Counting(read);
  counting.soon();
  await vi.advanceTimersByTimeAsync(30_000);
  const asked = read.mock.calls.length;
  counting.soon();
  await vi.advanceTimersByTimeAsync(500);
  expect(read).toHaveBeenCalledTimes(asked + 1);
  counting.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(asked + 1);
});

it("takes a refusal for an answer", async () => {
  const read = vi.fn(() => Promise.reject(new ApiError("token_invalid", 401)));
  new Counting(read).soon();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledOnce();
});
