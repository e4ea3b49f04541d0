/** Lines of the audit log in words: from what to what, ids by their names, and what nobody has words for yet. */
import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../../shared/i18n";
import { sentence } from "./audit";
import { factsOf, valueText } from "./auditWords";
import type { AuditLine } from "./integrations";

const GRETA = "0198c0de-0000-7000-8000-000000000001";
const CALLED = new Map([[GRETA, "Greta Lind"]]);
const LINE: AuditLine = {
  id: "a1",
  time: "2026-11-27T09:15:00Z",
  group: "settings",
  action: "something.new",
  by: "technician",
  by_id: "ada",
  by_name: "Ada",
  via: "console",
  case_id: null,
  company_id: null,
  subject_id: null,
  subject_name: "Greta Lind",
  details: {},
  changes: [],
  address: "",
  user_agent: "",
};
const told = (line: Partial<AuditLine>) =>
  factsOf({ ...LINE, ...line }, CALLED).map(({ name, before, value }) => [name, before, value]);
const said = (line: Partial<AuditLine>) => sentence({ ...LINE, ...line });
const change = (field: string, before: string | null, after: string | null) => ({
  changes: [{ field, before, after }],
});

beforeAll(() => setLocale("en"));

describe("a fact of the audit log", () => {
  it("says from what to what, in words and units", () => {
    expect(told(change("role", "technician", "administrator"))).toEqual([
      ["Role", "Technician", "Administrator"],
    ]);
    expect(told(change("first_response", "30", "240"))).toEqual([
      ["First response", "30 min", "4 hr"],
    ]);
    expect(told(change("resolution_urgent", "", "60"))).toEqual([
      ["Resolution, priority Urgent", "–", "1 hr"],
    ]);
    expect(told(change("warn_percent", "25", "0"))).toEqual([
      ["Warning", "When 25 % of the time is left", "Never"],
    ]);
    expect(told(change("automatic", "no", "yes"))).toEqual([["Automatic assignment", "no", "yes"]]);
  });

  it("reads the hours of a week, those of like days together", () => {
    const week = "09:00-17:00; 09:00-17:00; 09:00-12:00, 13:00-17:00; ; ; ; ";
    expect(valueText("hours", week, CALLED)).toBe(
      "Monday–Tuesday 09:00–17:00; Wednesday 09:00–12:00, 13:00–17:00",
    );
    expect(valueText("hours", "always", CALLED)).toBe("Every hour");
    expect(valueText("holidays", "2026-12-25, 2027-01-01", CALLED)).toBe(
      "Dec 25, 2026, Jan 1, 2027",
    );
  });

  it("calls people by their names, and what a secret was by nothing", () => {
    expect(told({ details: { number: "7", technician_id: GRETA } })).toEqual([
      ["Technician", null, "Greta Lind"],
    ]);
    expect(told(change("password_hash", "•••", "•••"))).toEqual([
      ["Password", null, "changed, and not shown"],
    ]);
  });

  it("reads lists word by word", () => {
    expect(told({ details: { actions: "label, resolve" } })).toEqual([
      ["Actions", null, "labelled, resolved"],
    ]);
    expect(told(change("scopes", null, "cases:read, of:later"))).toEqual([
      ["Scopes", null, "Read cases, of:later"],
    ]);
  });

  it("shows what nobody has words for as it was told, and each thing once", () => {
    expect(
      told({ ...change("blue_moon", "a", "b"), details: { blue_moon: "b", other: "c" } }),
    ).toEqual([
      ["blue moon", "a", "b"],
      ["other", null, "c"],
    ]);
    const id = "0198c0de-0000-7000-8000-00000000dead";
    expect(told({ details: { from_id: id } })).toEqual([["Until then with", null, id]]);
    expect(told({ details: { reason: "eclipse" } })).toEqual([["Reason", null, "eclipse"]]);
  });
});

describe("a sentence of the audit log", () => {
  it("is as close as people would say it", () => {
    expect(said({ action: "technician.changed", ...change("available", "no", "yes") })).toBe(
      "Greta Lind is available",
    );
    expect(
      said({ action: "technician.changed", ...change("role", "technician", "administrator") }),
    ).toBe("Ada changed the technician Greta Lind");
    expect(said({ action: "rule.switched", details: { name: "VIP", on: "no" } })).toBe(
      "Ada switched the rule VIP off",
    );
    // As it was told once.
    expect(said({ action: "label.changed", details: { title: "Old", retired: "True" } })).toBe(
      "Ada deleted the label Old",
    );
    expect(
      said({ action: "api_key.changed", ...change("revoked_at", "", "2026-11-27T09:15:00Z") }),
    ).toBe("Ada revoked the API key Greta Lind");
  });

  it("names what it has no words for", () => {
    expect(said({})).toBe("Ada: something.new Greta Lind");
  });
});
