import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
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
});
