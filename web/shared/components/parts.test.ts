import { expect, it } from "vitest";
import { setLocale } from "../i18n";
import { CUSTOMER, message, TECHNICIAN } from "../testing/fakes";
import { initials } from "./Avatar";
import { speakerOf, textOf } from "./bot";
import { groupEntries } from "./grouping";
import { isAddress, pieces } from "./Text";

it.each([
  ["Maya Lindqvist", "ML"],
  ["Ada", "A"],
  ["  Ana María de la Cruz ", "AC"],
  ["𝒳 Æon", "𝒳Æ"],
  ["", ""],
])("takes the initials of %j as %j", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

it.each([
  ["see https://a.example/x?y=1#z.", ["see ", "https://a.example/x?y=1#z", "."]],
  ["(http://a.example)", ["(", "http://a.example", ")"]],
  ["javascript:alert(1) <b>", ["javascript:alert(1) <b>"]],
])("splits %j", (text, parts) => {
  expect(pieces(text)).toEqual(parts);
});

it("makes links of web addresses alone", () => {
  expect(isAddress("https://a.example/x")).toBe(true);
  for (const text of [
    "javascript:alert(1)",
    "https://",
    "data:text/html,x",
    "see https://a.example",
  ])
    expect(isAddress(text)).toBe(false);
});

it("groups by author and minute, with a heading for a day and activities between", () => {
  const rows = groupEntries([
    message(0, CUSTOMER, { kind: "opened" }),
    message(1, CUSTOMER),
    message(2, CUSTOMER),
    message(3, TECHNICIAN, { kind: "activity", code: "joined" }),
    message(4, TECHNICIAN),
    message(70, TECHNICIAN),
    message(90_000, TECHNICIAN),
  ]);
  expect(rows.map(({ kind }) => kind)).toEqual([
    "day",
    "messages",
    "activity",
    "messages",
    "messages",
    "day",
    "messages",
  ]);
  expect(rows.map((row) => (row.kind === "messages" ? row.entries.length : 0))).toEqual([
    0, 2, 0, 1, 1, 0, 1,
  ]);
});

it("says an automatic message in the viewer's language, a greeting in the portal's own words", async () => {
  await setLocale("de");
  const bot = { kind: "system" as const, id: null, name: "" };
  const spoken = (code: string, text = "") => textOf(message(1, bot, { kind: "bot", code, text }));
  expect(spoken("ask_email")).toBe("Wie lautet Ihre E-Mail-Adresse?");
  expect(spoken("greeting", "Willkommen bei Northwind")).toBe("Willkommen bei Northwind");
  expect(spoken("of_a_newer_desk")).toContain("laden Sie die Seite neu");
  expect([speakerOf(bot), speakerOf(TECHNICIAN)]).toEqual([
    "Automatische Nachricht",
    TECHNICIAN.name,
  ]);
});
