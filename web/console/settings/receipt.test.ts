import { h, render } from "preact";
import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../../shared/i18n";
import type { Erasure } from "./erasures";
import { Receipt } from "./Receipt";

const AT = "2026-01-05T09:00:00Z";
const PURGED: Erasure["services"][number] = {
  service: "chat",
  state: "purged",
  answered_at: AT,
  stores: [{ store: "entries", removed: 14, failed: "" }],
};
const ERASURE: Erasure = {
  case_id: "c",
  number: 1041,
  state: "complete",
  requested_at: AT,
  requested_by: null,
  purged_at: AT,
  completed_at: AT,
  attempt: 2,
  services: [PURGED],
  key: { tombstones: [], gone_by: null },
  topics: [{ topic: "chat-log", gone_by: null }],
  remains: ["backups"],
};

function drawn(change: Partial<Erasure>): HTMLElement {
  const root = document.createElement("div");
  render(h(Receipt, { erasure: { ...ERASURE, ...change } }), root);
  return root;
}

const told = (change: Partial<Erasure>): string => drawn(change).textContent;

beforeAll(() => setLocale("en"));

describe("the receipt of a deleted case", () => {
  it("says since when it is complete, and what each store had", () => {
    const text = told({});
    expect(text).toContain("Complete since");
    expect(text).toMatch(/Entries\s*14/);
    expect(text).toContain("chat-log");
    expect(text).toContain("Backups made before");
  });

  it("says what is missing, and how often it was tried", () => {
    const failed = {
      ...PURGED,
      state: "failed" as const,
      stores: [{ store: "mails", removed: 0, failed: "DatabaseAway" }],
    };
    const silent = { service: "portal", state: "waiting" as const, answered_at: null, stores: [] };
    const text = told({
      state: "incomplete",
      attempt: 4,
      completed_at: null,
      services: [failed, silent],
    });
    expect(text).toContain("They were asked 4 times.");
    expect(text).toContain("Could not purge all");
    expect(text).toMatch(/Mails\s*DatabaseAway/);
    expect(text).toContain("No answer yet");
    expect(text).not.toContain("Complete since");
  });

  it("counts no tries while the first one goes on", () => {
    expect(told({ state: "purging", attempt: 1, completed_at: null })).not.toContain("asked 1");
  });

  it("makes no landmarks, which several open receipts would have under the same names", () => {
    expect(drawn({}).querySelector("section, [role=region]")).toBeNull();
  });
});
