import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import type { SlaView } from "../shared/generated/rest";
import { clockText, formatSpan, standingOf, standingText } from "./sla";

const MINUTE = 60_000;
const AT = Date.parse("2026-05-04T10:00:00Z");

function due(minutes: number, more: Partial<SlaView> = {}) {
  const due_at = new Date(AT + minutes * MINUTE).toISOString();
  return {
    sla: {
      due_at,
      kind: "first_response",
      warned_at: null,
      breached_at: null,
      clocks: [],
      ...more,
    },
  };
}

function said(item: { sla: SlaView | null }): string {
  const standing = standingOf(item, AT);
  return standing ? `${standing.tone}: ${standingText(standing)}` : "";
}

describe("what is due", () => {
  beforeAll(() => setLocale("en"));

  it("is calm, then near, then late", () => {
    expect(said(due(12))).toBe("calm: First response in 12 min");
    expect(said(due(3, { warned_at: "2026-05-04T09:59:00Z" }))).toBe(
      "near: First response in 3 min",
    );
    expect(said(due(-90))).toBe("late: First response 1 hr 30 min overdue");
  });

  it("is late by the clock, before the desk has said so", () => {
    expect(said(due(0))).toBe("late: First response 1 min overdue");
  });

  it("says nothing where nothing runs", () => {
    expect(said({ sla: null })).toBe("");
    expect(said(due(1, { due_at: null }))).toBe("");
  });

  it("knows every clock", () => {
    const clock = {
      kind: "resolution",
      due_at: null,
      warned_at: null,
      breached_at: null,
      met_at: null,
    };
    expect(clockText(clock, AT)).toBe("Resolution: the clock stands still");
    expect(clockText({ ...clock, met_at: "2026-05-04T10:00:00Z" }, AT)).toContain(
      "Resolution in time",
    );
    const late = { ...clock, met_at: "2026-05-04T10:00:00Z", breached_at: "2026-05-04T09:00:00Z" };
    expect(clockText(late, AT)).toContain("Resolution late");
    expect(clockText({ ...clock, kind: "new", due_at: "2026-05-04T10:01:00Z" }, AT)).toBe(
      "Promise in 1 min",
    );
  });

  it("tells a span in two units at most", () => {
    expect(formatSpan(1)).toBe("1 min");
    expect(formatSpan(60 * MINUTE)).toBe("1 hr");
    expect(formatSpan((24 * 60 + 61) * MINUTE)).toBe("1 day 1 hr");
  });
});
