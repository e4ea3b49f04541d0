import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import type { CustomerCase, MailView, TimelineEntry } from "../shared/generated/rest";
import type { Entry } from "../shared/wire";
import { beganElsewhere, historyOf, mailText, momentsOf, pageOfCustomer, saidText } from "./past";

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
  asked_by: null,
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
    expect(mailText(mail({}), "g")).toBe("Transcript to cleo@example.com: Sent");
    expect(mailText(mail({ kind: "survey", state: "failed", reason: "550" }), "g")).toBe(
      "Survey to cleo@example.com: Not sent",
    );
    const nobody = { recipient: "", state: "failed", reason: "no_address" } as const;
    expect(mailText(mail({ kind: "acknowledgement", ...nobody }), "g")).toBe(
      "Acknowledgement: Not sent: no email address is known",
    );
  });

  it.each([
    ["technician", "g", "Greta", "requested by Greta (you)"],
    ["technician", "t", "Tomás", "requested by Tomás"],
    ["technician", "x", "", "requested by Somebody"],
    ["customer", null, "", "requested by the customer"],
  ] as const)("says who asked for a mail: %s %s", (kind, id, name, words) => {
    const asked = mail({ asked_by: { kind, id, name } });
    expect(mailText(asked, "g")).toBe(`Transcript to cleo@example.com, ${words}: Sent`);
  });
});

const happened = (version: number, time: string) =>
  ({ id: `v${version}`, version, time, type: "case.edited" }) as TimelineEntry;
const said = (id: string, time: string, more: Partial<Entry> = {}) =>
  ({
    id,
    time,
    seq: 1,
    kind: "message",
    author: { kind: "customer", id: "c", name: "Cleo" },
    ...more,
  }) as Entry;

describe("the moments that one can go back to", () => {
  it("are what happened and what was said, each with the case as it was then", () => {
    const events = [happened(1, "2026-01-05T09:00:00Z"), happened(2, "2026-01-05T09:05:00Z")];
    const entries = [
      said("early", "2026-01-05T08:59:59Z"),
      said("hello", "2026-01-05T09:01:00Z"),
      said("joined", "2026-01-05T09:05:00Z", { kind: "activity" }),
      said("late", "2026-01-05T09:05:00Z"),
    ];
    const moments = momentsOf(events, entries);
    expect(moments.map(({ id, version }) => [id, version])).toEqual([
      ["early", 1],
      ["v1", 1],
      ["hello", 1],
      ["late", 1],
      ["v2", 2],
    ]);
  });

  it("are told in words", () => {
    expect(saidText(said("a", ""))).toBe("Cleo wrote");
    expect(saidText(said("a", "", { kind: "deleted" }))).toBe("Cleo deleted a message");
    expect(saidText(said("a", "", { kind: "contact" }))).toBe("Cleo gave an email address");
  });
});

describe("where the customer's page stood", () => {
  const page = (more: Partial<CustomerCase>) =>
    ({
      live: true,
      state: "unassigned",
      survey: "closed",
      number: 7,
      rating: null,
      ...more,
    }) as CustomerCase;
  const asked = [said("a", "")];

  it.each([
    [page({}), [], "The page asked for the question."],
    [page({}), asked, "The page said that a technician will be here soon."],
    [page({ state: "assigned" }), asked, "A technician had joined."],
    [page({ live: false }), asked, "The page confirmed request #7: an answer comes by email."],
    [
      page({ live: false, state: "resolved", survey: "off" }),
      asked,
      "The page said that the request was resolved.",
    ],
    [page({ live: false, state: "resolved", survey: "open" }), asked, "The page asked how it was."],
    [page({ survey: "answered", rating: 4 }), asked, "The page thanked for the rating: Good."],
  ])("is said in a sentence", (at, entries, text) => {
    expect(pageOfCustomer(at, entries)).toBe(text);
  });

  const opened = (by: TimelineEntry["by"]) => ({ type: "case.opened", by }) as TimelineEntry;

  it("is never a page that nobody had: of a mail, a call, or what a technician made (S43)", () => {
    const began = (more: Partial<CustomerCase>, by: TimelineEntry["by"]) =>
      beganElsewhere(page(more), opened(by));
    expect(began({ type: "email" }, "customer")).toBe(true);
    expect(began({ type: "call" }, "technician")).toBe(true);
    expect(began({ type: "request" }, "technician")).toBe(true);
    expect(began({ type: "request" }, "customer")).toBe(false);
    expect(pageOfCustomer(page({ live: false, email_known: true }), [], true)).toBe(
      "No page was open. The emails link to one that said how request #7 stood.",
    );
    const unknown = page({ live: false, state: "resolved", survey: "off", email_known: false });
    expect(pageOfCustomer(unknown, [], true)).toBe(
      "There was no page to look at: no email address was known.",
    );
  });
});
