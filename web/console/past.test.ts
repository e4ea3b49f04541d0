import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import type { MailView, TimelineEntry } from "../shared/generated/rest";
import { historyOf, mailText } from "./past";

beforeAll(() => setLocale("en"));

const event = (id: string, time: string) => ({
  entry: { id, time, type: "case.edited" } as TimelineEntry,
  number: null,
});
const mail = (more: Partial<MailView>): MailView => ({
  mail_id: "m",
  kind: "transcript",
  state: "accepted",
  reason: "",
  attempts: 1,
  recipient: "cleo@example.com",
  requested_at: "2026-01-05T09:00:00Z",
  changed_at: "2026-01-05T09:01:00Z",
  ...more,
});

describe("the history", () => {
  it("has events and mails by time, the newest first, events of one moment by version", () => {
    const events = [
      event("three", "2026-01-05T09:02:00.000Z"),
      event("two", "2026-01-05T09:02:00.000Z"),
      event("one", "2026-01-05T09:00:00.000Z"),
    ];
    const lines = historyOf(events, [mail({})]);
    expect(lines.map(({ id }) => id)).toEqual(["three", "two", "m", "one"]);
  });

  it("says which mail went to whom, and what became of it", () => {
    expect(mailText(mail({}))).toBe("Transcript to cleo@example.com: Sent");
    expect(mailText(mail({ kind: "survey", state: "failed", reason: "550" }))).toBe(
      "Survey to cleo@example.com: Not sent",
    );
    const nobody = { recipient: "", state: "failed", reason: "no_address" } as const;
    expect(mailText(mail({ kind: "acknowledgement", ...nobody }))).toBe(
      "Acknowledgement: Not sent: no email address is known",
    );
  });
});
