import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import type { MailView as Mail } from "../shared/generated/rest";
import { isSettled } from "../shared/transcripts";
import { Looking } from "./looking";

const mail = (change: Partial<Mail> = {}): Mail => ({
  mail_id: "m",
  kind: "transcript",
  state: "accepted",
  reason: "250",
  attempts: 1,
  recipient: "ada@example.com",
  asked_by: null,
  requested_at: "2026-05-04T10:00:00Z",
  changed_at: "2026-05-04T10:00:02Z",
  ...change,
});

const list = vi.fn<() => Promise<readonly Mail[]>>();
let mails: Looking<Mail>;

beforeEach(() => {
  vi.useFakeTimers();
  list.mockReset().mockResolvedValue([]);
  mails = new Looking(list, isSettled);
});

afterEach(() => {
  mails.stop();
  vi.useRealTimers();
});

describe("the mails of a case", () => {
  it("are looked for a few times, because a mail just asked for is not in the list at once", async () => {
    mails.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(mails.found.value).toEqual([]);
    list.mockResolvedValue([mail()]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(mails.found.value).toEqual([mail()]);
    expect(list).toHaveBeenCalledTimes(3);
    expect(mails.done.value).toBe(true);
  });

  it("are followed until each of them is settled", async () => {
    list.mockResolvedValue([mail({ state: "waiting" })]);
    mails.refresh();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(list.mock.calls.length).toBeGreaterThan(5);
    expect(mails.done.value).toBe(false);
    list.mockResolvedValue([mail({ state: "failed" })]);
    await vi.advanceTimersByTimeAsync(20_000);
    const looks = list.mock.calls.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(list).toHaveBeenCalledTimes(looks);
    expect(mails.found.value[0]?.state).toBe("failed");
  });

  it("stay as they were while the server does not answer, and say so", async () => {
    list.mockResolvedValueOnce([mail({ state: "sending" })]).mockRejectedValue(new Error("away"));
    mails.refresh();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(mails.found.value[0]?.state).toBe("sending");
    expect(mails.failure.value).toEqual(new Error("away"));
  });

  it("are looked for until somebody answers, though nothing else asks", async () => {
    list.mockRejectedValue(new ApiError("unavailable", 503));
    mails.refresh();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(mails.done.value).toBe(false);
    list.mockResolvedValue([mail()]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(mails.found.value).toEqual([mail()]);
    expect(mails.failure.value).toBeNull();
  });

  it("are not asked for again and again where the answer is no", async () => {
    list.mockRejectedValue(new ApiError("case_unknown", 404));
    mails.refresh();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(list).toHaveBeenCalledTimes(3);
  });

  it("take no answer that comes after one has looked away", async () => {
    let answer: (found: readonly Mail[]) => void = () => undefined;
    list.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    mails.refresh();
    mails.stop();
    answer([mail()]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(mails.found.value).toEqual([]);
    expect(list).toHaveBeenCalledOnce();
  });
});
