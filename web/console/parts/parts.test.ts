import { describe, expect, it } from "vitest";
import { actionFor } from "../cases/pending";
import { OTTO, sampleCase, TINA } from "../cases/sample";
import { nextRow } from "../rows";
import { isUnanswered } from "./CaseRow";
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

describe("the time of an email or a call", () => {
  it.each(["email", "call", "request"] as const)(
    "runs since it came until it is resolved: %s",
    (type) => {
      const open = sampleCase({ id: "a", type, live: false, created_at });
      expect(caseDuration(open, later)).toBe(90_000);
      const resolved_at = "2026-05-04T10:01:00Z";
      expect(caseDuration({ ...open, state: "resolved", resolved_at }, later)).toBe(60_000);
    },
  );
});

describe("the wait for an answer", () => {
  it("is shown on a case of mine that is open, as long as its customer waits", () => {
    const waiting_since = created_at;
    const mine = sampleCase({ id: "a", state: "assigned", assignee: TINA, waiting_since });
    expect(isUnanswered(mine, TINA.id)).toBe(true);
    expect(isUnanswered({ ...mine, waiting_since: null }, TINA.id)).toBe(false);
    expect(isUnanswered({ ...mine, state: "resolved" }, TINA.id)).toBe(false);
    expect(isUnanswered(mine, OTTO.id)).toBe(false);
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
