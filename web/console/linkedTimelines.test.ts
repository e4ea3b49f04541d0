import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import { ApiError } from "../shared/api";
import type { TimelineEntry } from "../shared/generated/rest";
import { sampleCase } from "./cases/sample";
import { LinkedTimelines } from "./linkedTimelines";
import type { Case } from "./model";

function entry(id: string, version: number): TimelineEntry {
  return { id, version } as TimelineEntry;
}

test("what happened to merged cases is read, and read on as they change", async () => {
  const asked: [string, number][] = [];
  const answers: TimelineEntry[][] = [[entry("a", 1)], [entry("a", 1), entry("b", 2)]];
  const timelines = new LinkedTimelines({
    timeline: (id, after) => {
      asked.push([id, after]);
      return Promise.resolve({ entries: answers.shift() ?? [], version: 0 });
    },
  });
  const selected = signal<Case | undefined>(sampleCase({ id: "t", merged: ["s"] }));
  const cases = signal<ReadonlyMap<string, Case>>(new Map());
  const stop = timelines.follow(selected, cases);
  expect(asked).toEqual([]);
  cases.value = new Map([["s", sampleCase({ id: "s", version: 1 })]]);
  await Promise.resolve();
  cases.value = new Map([["s", sampleCase({ id: "s", version: 2 })]]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toEqual([
    ["s", 0],
    ["s", 1],
  ]);
  expect(timelines.entries.value.get("s")?.map(({ id }) => id)).toEqual(["a", "b"]);
  selected.value = sampleCase({ id: "other" });
  expect(timelines.entries.value.size).toBe(0);
  stop();
});

test("what could not be read is asked for with the next change", async () => {
  const asked: number[] = [];
  const timelines = new LinkedTimelines({
    timeline: (_, after) => {
      asked.push(after);
      return Promise.reject(new Error("away"));
    },
  });
  const selected = signal<Case | undefined>(sampleCase({ id: "t", merged: ["s"] }));
  const cases = signal<ReadonlyMap<string, Case>>(
    new Map([["s", sampleCase({ id: "s", version: 3 })]]),
  );
  const stop = timelines.follow(selected, cases);
  await new Promise((resolve) => setTimeout(resolve));
  cases.value = new Map([["s", sampleCase({ id: "s", version: 4 })]]);
  await new Promise((resolve) => setTimeout(resolve));
  expect(asked).toEqual([0, 0]);
  stop();
});

test("where nobody answers it is asked again, without a change", async () => {
  vi.useFakeTimers();
  const timeline = vi
    .fn(() => Promise.resolve({ entries: [entry("a", 1)], version: 1 }))
    .mockImplementationOnce(() => Promise.reject(new ApiError("network", 0)));
  const timelines = new LinkedTimelines({ timeline });
  const selected = signal<Case | undefined>(sampleCase({ id: "t", merged: ["s"] }));
  const cases = signal<ReadonlyMap<string, Case>>(new Map([["s", sampleCase({ id: "s" })]]));
  const stop = timelines.follow(selected, cases);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(timelines.entries.value.get("s")?.map(({ id }) => id)).toEqual(["a"]);
  expect(timeline).toHaveBeenCalledTimes(2);
  stop();
  vi.useRealTimers();
});
