import { describe, expect, it } from "vitest";
import { actionFor } from "../cases/pending";
import { sampleCase, TINA } from "../cases/sample";
import { nextRow } from "../rows";
import { caseDuration } from "./CaseTime";
import { missingFields } from "./SignIn";

const created_at = "2026-05-04T10:00:00Z";
const later = Date.parse(created_at) + 90_000;

describe("the time of a case", () => {
  it("runs since the chat began and freezes at its end", () => {
    expect(caseDuration(sampleCase({ id: "a", created_at }), later)).toBe(90_000);
    const ended = sampleCase({ id: "a", created_at, ended_at: "2026-05-04T10:00:30Z" });
    expect(caseDuration(ended, later)).toBe(30_000);
  });
});

describe("the action of a state", () => {
  it("is the one of S28", () => {
    const of = (state: "pending" | "unassigned" | "assigned" | "resolved") =>
      actionFor(sampleCase({ id: "a", state, assignee: TINA }));
    expect([of("pending"), of("unassigned"), of("assigned"), of("resolved")]).toEqual([
      "assign",
      "assign",
      "resolve",
      "reopen",
    ]);
  });
});

describe("moving through the rows", () => {
  const rows = [sampleCase({ id: "a" }), sampleCase({ id: "b" }), sampleCase({ id: "c" })];

  it("stops at both ends and leaves other keys alone", () => {
    expect(nextRow(rows, "a", "ArrowDown")).toBe("b");
    expect(nextRow(rows, "a", "ArrowUp")).toBe("a");
    expect(nextRow(rows, "c", "ArrowDown")).toBeNull();
    expect(nextRow(rows, "a", "End")).toBe("c");
    expect(nextRow(rows, "a", "x")).toBeNull();
  });
});

describe("the sign-in form", () => {
  it("names what is missing before the server is asked", () => {
    expect(Object.keys(missingFields("", ""))).toEqual(["email", "password"]);
    expect(missingFields("nobody", "x")).toEqual({ email: "console-email-invalid" });
    expect(missingFields("a@b.c", "x")).toEqual({});
  });
});
