import { beforeAll, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import type { Entry } from "../shared/wire";
import { activityText } from "./activity";
import { OTTO, sampleCase, TINA } from "./cases/sample";

const SYSTEM = { kind: "system", id: null, name: "" } as const;
const ended_at = "2026-05-04T10:05:00Z";
const chat = sampleCase({ id: "a" });
const request = sampleCase({ id: "a", type: "request", live: false, ended_at });

const said = (entry: Partial<Entry>, item = chat) =>
  activityText(
    {
      ...{ id: "e", seq: 1, time: "2026-05-04T10:01:00Z", kind: "activity", late: false },
      author: SYSTEM,
      ...entry,
    },
    TINA.id,
    item,
  );
const by = ({ id, name }: typeof TINA, code: string) => ({
  code,
  params: { technician_id: id, name },
});

beforeAll(() => setLocale("en"));

describe("an activity line", () => {
  it("names who ended a chat, and what became of it", () => {
    const ended = (by: string) => said({ kind: "ended", params: { by } }, request);
    expect(ended("customer")).toBe("Ada Byron ended the chat");
    expect(ended("request")).toBe("Ada Byron stopped waiting and sent a support request");
    expect(ended("gone")).toContain("closed the page before anybody joined");
  });

  it("tells the address that the customer gave", () => {
    const entry = { kind: "contact", params: { email: "ada@example.com" } } as const;
    expect(said(entry)).toBe("Ada Byron gave the address ada@example.com");
  });

  it("tells who joined a chat, and who took the case of one that had ended", () => {
    const lines = [by(OTTO, "joined"), by(TINA, "joined"), by(OTTO, "taken"), by(TINA, "taken")];
    expect(lines.map((line) => said(line))).toEqual([
      "Otto Ohm joined the chat",
      "You joined the chat",
      "Otto Ohm took the case",
      "You took the case",
    ]);
  });

  it("says of a code that is newer than this page that something changed", () => {
    expect(said({ code: "teleported" })).toBe("The case was updated");
  });
});
