import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { groupEntries } from "../shared/components/grouping";
import { setLocale, t } from "../shared/i18n";
import type { TimelineEntry } from "../shared/generated/rest";
import type { Entry } from "../shared/wire";
import { happeningText, placeOf, standsBetween, withoutEchoes } from "./happenings";
import type { Labels } from "./labels";
import { inPlace } from "./linked";

const topics = JSON.parse(
  readFileSync(`${import.meta.dirname}/../../contracts/generated/topics.json`, "utf8"),
) as Record<string, { messages: string[] }>;
/** What is said when there is no case any more, and nobody to read it; and what is kept beside the cases. */
const NO_LINE = ["case.deleted", "kept.changed"];
/** Nobody's action: what becomes of a service level is said by the case's own due times. */
const DUE = "case.sla_";
const EVENTS = (topics["case-events"]?.messages ?? []).filter(
  (type) => !NO_LINE.includes(type) && !type.startsWith(DUE),
);
/** What the messages of the conversation say by themselves. */
const SAID = ["case.opened", "case.described", "case.heard", "case.answered"];
const labels = { of: () => [{ id: "bug", title: "Bug" }] } as unknown as Labels;

function entry(type: string): TimelineEntry {
  return {
    id: type,
    version: 2,
    type,
    time: "2026-01-05T09:00:00Z",
    by: "technician",
    via: "console",
    person: { id: "ben", name: "Ben" },
    after_seq: 1,
    state: "assigned",
    assignee: null,
    snoozed_until: null,
    tells: { added: ["bug"], fields: ["priority"], technician_id: "ann", state: "failed" },
    people: [{ id: "ann", name: "Ann" }],
    note: "",
    mail: null,
    through: null,
    changes: [],
  };
}

beforeAll(() => setLocale("en"));

describe("the lines of a conversation in the console (S17)", () => {
  it("knows the events of a case", () => {
    expect(EVENTS.length).toBeGreaterThan(20);
  });

  it.each(EVENTS)("says in words of its own what %s is", (type) => {
    const text = happeningText(entry(type), "ann", labels);
    expect(text).not.toBe(t("console-did-other", { name: "Ben" }));
    expect(text).not.toContain("console-");
  });

  it("leaves what became of a mail to the mail itself, unless it came back", () => {
    const accepted = { ...entry("case.follow_up_changed"), tells: { state: "accepted" } };
    expect(standsBetween(accepted, true)).toBe(false);
    expect(standsBetween(entry("case.follow_up_changed"), true)).toBe(true);
  });

  it.each(EVENTS.filter((type) => !SAID.includes(type)))(
    "has a line for %s where there is no chat, whose log would tell it",
    (type) => {
      expect(standsBetween(entry(type), false)).toBe(true);
    },
  );

  it("says of who assigned the case to themselves that they took it", () => {
    const given = entry("case.assigned");
    const taken = { ...given, tells: { technician_id: "ben" } };
    // Names come in marks that isolate their direction.
    const plain = (text: string) => text.replace(/[\u2068\u2069]/g, "");
    expect(plain(happeningText(given, "x", labels))).toBe("Ben assigned the case to Ann");
    expect(plain(happeningText(taken, "x", labels))).toBe("Ben took the case");
    expect(plain(happeningText(taken, "ben", labels))).toBe("Ben (you) took the case");
  });

  it("has one line for what the desk decided and did, and all of what people do", () => {
    const routed = (to: string | null) => ({
      ...entry("case.routed"),
      tells: { outcome: "assigned", kind: "chats", considered: [], technician_id: to },
    });
    const types = (...entries: TimelineEntry[]) => withoutEchoes(entries).map(({ type }) => type);
    expect(types(routed("ann"), entry("case.assigned"))).toEqual(["case.routed"]);
    expect(types(routed("eve"), entry("case.assigned"))).toHaveLength(2);
    expect(types(routed(null), entry("case.assigned"))).toHaveLength(2);
    expect(types(entry("case.assigned"))).toHaveLength(1);
    expect(standsBetween(routed("ann"), true)).toBe(false);
    expect(standsBetween(routed(null), true)).toBe(true);
    expect(standsBetween(routed("ann"), false)).toBe(true);
  });

  it("says from what to what a mark was changed, and what an undo brought back", () => {
    const changes = [
      { field: "priority", before: "normal", after: "high" },
      { field: "title", before: "", after: "Parcel" },
      { field: "flagged", before: false, after: true },
    ];
    const said = happeningText({ ...entry("case.edited"), changes }, "ann", labels);
    expect(said).toBe("Ben changed: priority from Normal to High, name “Parcel”, flag set");
    const renamed = [{ field: "title", before: "A", after: "B" }];
    expect(happeningText({ ...entry("case.restored"), changes: renamed }, "ann", labels)).toBe(
      "Ben undid their last change: name from “A” to “B”",
    );
  });
});

describe("the order in which it was done", () => {
  /** The case is assigned at version 3, and the log has that somebody joined a moment later. */
  const log: Entry[] = [
    said("hello", 10),
    { ...said("joined", 20), kind: "activity", code: "joined", case_version: 3 },
    said("welcome", 30),
    { ...said("resolved", 40), kind: "activity", code: "resolved", case_version: 7 },
    { ...said("ended", 50), kind: "ended", case_version: 7 },
  ];

  function said(id: string, seq: number): Entry {
    const author = { kind: "technician" as const, id: "ben", name: "Ben" };
    return { id, seq, time: `2026-01-05T09:00:${seq}Z`, kind: "message", author, late: false };
  }

  function shown(...changes: [id: string, version: number, after: number][]): string[] {
    const asides = changes.map(([id, version, after]) => {
      const told = { ...entry("case.noted"), id, version, after_seq: after };
      return { id, after: placeOf(told, log), time: told.time };
    });
    const rows = groupEntries(log, inPlace(asides));
    return rows.flatMap((row) => {
      if (row.kind === "day") return [];
      return row.kind === "messages" ? row.entries.map(({ id }) => id) : [row.key];
    });
  }

  it("is that of the versions, where the log comes after them: assigned, joined, flag, note, message", () => {
    expect(shown(["ready", 2, 10], ["flag", 4, 10], ["note", 5, 10], ["after", 8, 30])).toEqual([
      ...["hello", "ready", "joined", "flag", "note", "welcome", "resolved", "ended", "after"],
    ]);
  });

  it("is that of the places otherwise, and not that of times", () => {
    expect(shown(["late", 6, 30], ["much later", 9, 50])).toEqual([
      ...["hello", "joined", "welcome", "late", "resolved", "ended", "much later"],
    ]);
  });
});
