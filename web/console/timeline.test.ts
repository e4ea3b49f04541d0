import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import type { TimelineEntry } from "../shared/generated/rest";
import { sampleCase } from "./cases/sample";
import type { Case } from "./model";
import { Timeline } from "./timeline";

function entry(version: number): TimelineEntry {
  return { id: `e${version}`, version, type: "case.edited" } as TimelineEntry;
}

function server() {
  const log: TimelineEntry[] = [entry(1)];
  const timeline = vi.fn(async (_: string, after: number) => ({
    entries: log.filter(({ version }) => version > after),
    version: log.length,
  }));
  return { log, timeline };
}

const settled = () => new Promise((done) => setTimeout(done));

describe("the timeline of the case on screen", () => {
  it("reads on when the case has a newer version, and nothing twice", async () => {
    const source = server();
    const selected = signal<Case | undefined>(sampleCase({ id: "a" }));
    const timeline = new Timeline(source);
    const stop = timeline.follow(selected);
    await settled();
    source.log.push(entry(2));
    selected.value = sampleCase({ id: "a", version: 2 });
    await settled();
    expect(timeline.entries.value.map(({ version }) => version)).toEqual([1, 2]);
    expect(source.timeline.mock.calls).toEqual([
      ["a", 0],
      ["a", 1],
    ]);
    stop();
  });

  it("throws away what comes for a case that is left", async () => {
    const source = server();
    const selected = signal<Case | undefined>(sampleCase({ id: "a" }));
    const timeline = new Timeline(source);
    const stop = timeline.follow(selected);
    selected.value = undefined;
    await settled();
    expect(timeline.entries.value).toEqual([]);
    stop();
  });

  describe("where nobody answers", () => {
    beforeEach(() => vi.useFakeTimers());
    afterEach(() => vi.useRealTimers());
    const away = () => Promise.reject(new ApiError("unavailable", 503));

    it("asks until there is an answer, though the case does not change", async () => {
      const source = server();
      source.timeline.mockImplementationOnce(away).mockImplementationOnce(away);
      const timeline = new Timeline(source);
      const stop = timeline.follow(signal<Case | undefined>(sampleCase({ id: "a" })));
      await vi.advanceTimersByTimeAsync(0);
      expect(timeline.failure.value).toBeInstanceOf(ApiError);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(timeline.entries.value.map(({ version }) => version)).toEqual([1]);
      expect(timeline.failure.value).toBeNull();
      expect(source.timeline).toHaveBeenCalledTimes(3);
      stop();
    });

    it("asks no more once the case is left, or what was asked is refused", async () => {
      const source = server();
      source.timeline.mockImplementation(away);
      const selected = signal<Case | undefined>(sampleCase({ id: "a" }));
      const timeline = new Timeline(source);
      const stop = timeline.follow(selected);
      await vi.advanceTimersByTimeAsync(0);
      source.timeline.mockImplementation(() => Promise.reject(new ApiError("case_unknown", 404)));
      selected.value = sampleCase({ id: "b" });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(source.timeline.mock.calls).toEqual([
        ["a", 0],
        ["b", 0],
      ]);
      stop();
    });
  });
});
