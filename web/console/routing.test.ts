import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import type { TimelineEntry } from "../shared/generated/rest";
import { happeningText, standsBetween } from "./happenings";
import type { Labels } from "./labels";
import { sentence } from "./settings/audit";
import type { AuditLine } from "./settings/integrations";

const LABELS = Object.create(null) as Labels;
const GRETA = { id: "g", name: "Greta" };
const HUGO = { id: "h", name: "Hugo" };

function entry(type: string, tells: object): TimelineEntry {
  return {
    id: "e",
    version: 2,
    type,
    time: "2026-01-05T09:00:00Z",
    by: "system",
    via: "cases",
    person: null,
    after_seq: 0,
    state: "unassigned",
    assignee: null,
    snoozed_until: null,
    tells: { ...tells },
    people: [GRETA, HUGO],
    note: "",
    mail: null,
    through: null,
    changes: [],
  };
}

function weighed(technician_id: string, verdict: string, load = 0, capacity = 3) {
  return { technician_id, verdict, load, capacity, turn: 0 };
}

beforeAll(() => setLocale("en"));

describe("a decision of the desk", () => {
  it("says who got the case, what they had, and why nobody else did", () => {
    const told = entry("case.routed", {
      outcome: "assigned",
      kind: "chats",
      technician_id: "g",
      considered: [weighed("h", "not_available"), weighed("g", "chosen", 1)],
    });
    expect(plain(happeningText(told, "x", LABELS))).toBe(
      "Assigned automatically to Greta: available, 1 of 3 chats; Hugo: not available",
    );
    // In a chat the line that she joined says it.
    expect(standsBetween(told, true)).toBe(false);
    expect(standsBetween(told, false)).toBe(true);
  });

  it.each([
    ["en", "of 1 chat;", "of 1 case;"],
    ["de", "von 1 Chat;", "von 1 Fall;"],
    ["es", "de 1 chat;", "de 1 caso;"],
  ] as const)("counts one as one: %s", async (language, chat, single) => {
    await setLocale(language);
    const considered = [weighed("g", "chosen", 1, 1), weighed("h", "not_available")];
    const told = (kind: string) =>
      plain(
        happeningText(entry("case.routed", { outcome: "assigned", kind, considered }), "x", LABELS),
      );
    expect([told("chats"), told("cases")]).toEqual([
      expect.stringContaining(chat),
      expect.stringContaining(single),
    ]);
    const details = { chats: "1", cases: "1" };
    const line = { action: "assignment.capacity_changed", by: "t", by_name: "Ada", details };
    const said = plain(sentence({ subject_name: "", ...line } as unknown as AuditLine));
    expect(said).not.toMatch(/1|chats|Chats/);
    await setLocale("en");
  });

  it("says why nobody could have it", () => {
    const told = entry("case.routed", {
      outcome: "at_capacity",
      kind: "cases",
      technician_id: null,
      considered: [weighed("g", "at_capacity", 20, 20), weighed("h", "not_available")],
    });
    expect(plain(happeningText(told, "x", LABELS))).toBe(
      "Not assigned automatically: everybody who is available has enough cases; " +
        "Greta: 20 of 20 cases; Hugo: not available",
    );
  });

  it("names a few colleagues and counts the rest, and takes reasons that are newer than the page", () => {
    const considered = Array.from({ length: 9 }, (_, n) => weighed(`p${n}`, "asleep"));
    const told = entry("case.routed", { outcome: "new", kind: "chats", considered });
    expect(plain(happeningText(told, "x", LABELS))).toMatch(
      /^Not assigned automatically; .*: passed over; and 3 more$/,
    );
  });

  it("says of whom a chat was taken who vanished, also where the conversation says that it waits", () => {
    const left = entry("case.transferred", { technician_id: null, from_id: "g", reason: "away" });
    expect(plain(happeningText(left, "x", LABELS))).toBe(
      "Greta cannot be reached any more: the case is offered again",
    );
    expect(standsBetween(left, true)).toBe(true);
    const queued = entry("case.transferred", { technician_id: null, from_id: "g", reason: "" });
    expect(standsBetween(queued, true)).toBe(false);
  });
});

/** Without the marks that keep names of another direction in their place. */
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, "");
}
