/** What the palette opens stays open: a browser says only after its command ran that the palette has closed (X21). */
import type { Signal } from "@preact/signals";
import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { t } from "../../shared/i18n";
import { type Command, COMMANDS, contextOf, isPossible, runCommand, titleOf } from "../commands";
import { Console } from "../Console";
import type { Desk } from "../desk";
import { eraseAsked } from "../erasing";
import { PLAIN } from "../cases/place";
import { adding } from "../filters/adding";
import { making } from "../making/make";
import { mayMerge, merging } from "../merging/merge";
import type { Technician } from "../model";
import { open, opened } from "../opened";
import { question } from "../press";
import { go, type Route } from "../route";
import { signInAtMock } from "../testing/onMock";

/** Whatever a command may leave open stands in one of these. */
const PLACES: readonly Signal<unknown>[] = [
  ...[opened, making, merging, question, eraseAsked, adding],
];
let page: HTMLElement;
let desk: Desk;
let technician: Technician;

const left = () =>
  PLACES.map(({ value }) => value).find((value) => value !== null && !isPalette(value)) ?? null;
const isPalette = (value: unknown) => typeof value === "string" && /^palette\b/.test(value);
const lines = () => [...document.querySelectorAll<HTMLElement>(".palette-line")];
const named = (line: HTMLElement) => line.querySelector(".palette-title")?.textContent;
const dialog = () => document.querySelector("dialog[open]:not(.palette), .inbox-card");
const here = () => contextOf(desk, technician);
/** Until all that the browser had to tell was told. */
const afterwards = () => act(() => new Promise((resolve) => setTimeout(resolve, 5)));

/** As browsers do it: the dialog is closed at once, and says so in a task of its own. */
function closesLikeABrowser(): void {
  vi.spyOn(HTMLDialogElement.prototype, "close").mockImplementation(function (
    this: HTMLDialogElement,
  ) {
    if (!this.open) return;
    this.removeAttribute("open");
    setTimeout(() => this.dispatchEvent(new Event("close")));
  });
}

async function clean(): Promise<void> {
  await act(() => PLACES.forEach((place) => (place.value = null)));
  await afterwards();
}

beforeAll(async () => {
  closesLikeABrowser();
  ({ desk, technician } = await signInAtMock());
  // What is done to cases is not the question here.
  vi.spyOn(desk.actions, "perform").mockResolvedValue(null);
  desk.start();
  page = document.body.appendChild(document.createElement("div"));
  // A browser has it a moment after the list; here it is compiled first, which may take longer than anybody waits.
  await import("../parts/CasePanes");
  await act(() => render(h(Console, { desk, technician, fresh: false }), page));
  await act(() => go({ page: "cases", list: "all" }));
  await vi.waitFor(() => expect(desk.store.rows.all.value.length).toBeGreaterThan(0));
});

afterAll(async () => {
  await act(() => render(null, page));
  desk.stop();
  vi.unstubAllGlobals();
});

afterEach(clean);

/** Runs a line of the palette, and says what was open right then, before the browser had told anything. */
async function choose(title: string, start = "palette"): Promise<unknown> {
  await act(() => open(start));
  await vi.waitFor(() => expect(lines().map(named)).toContain(title));
  let at: unknown = null;
  await act(() => {
    lines()
      .find((line) => named(line) === title)
      ?.click();
    at = left();
  });
  await afterwards();
  return at;
}

async function staysOpen(at: unknown): Promise<void> {
  expect(at).not.toBeNull();
  expect(left()).toBe(at);
  if (typeof at === "string" && opened.value === at)
    await vi.waitFor(() => expect(dialog()).not.toBeNull());
}

/** Places to go to leave nothing open; that they are reached is seen elsewhere. */
const goes = ({ id, group }: Command) => group === "go" && id !== "go.inbox";
const seen = new Set<string>();

/** The commands that open something at this place and were not tried yet; whatever it is stays. */
async function openingAt(place: Partial<Route>, awaited: string): Promise<string[]> {
  const arrive = () => act(() => go({ caseId: null, details: false, view: PLAIN, ...place }));
  await arrive();
  await vi.waitFor(() => expect(possible().map(({ id }) => id)).toContain(awaited));
  const found: string[] = [];
  for (const command of possible()) {
    await act(() => runCommand(command, here()));
    const opens = left() !== null;
    await clean();
    await arrive();
    if (!opens) continue;
    await staysOpen(await choose(titleOf(command, here())));
    await clean();
    found.push(command.id);
    seen.add(command.id);
  }
  return found;
}

function possible(): Command[] {
  return COMMANDS.filter(
    (command) =>
      ![command.options, command.keyOnly, goes(command), seen.has(command.id)].some(Boolean) &&
      command.id !== "session.leave" &&
      isPossible(command, here()),
  );
}

const cases = () => [...desk.store.cases.value.values()];

describe("what a command of the palette opens stays open", { timeout: 60_000 }, () => {
  it("at a chat that goes on", async () => {
    const mine = cases().find(({ live, assignee }) => live && assignee?.id === technician.id);
    const ids = ["leave", "device", "transcript", "rename", "travel"].map((id) => `case.${id}`);
    const found = await openingAt(
      { page: "cases", list: "all", caseId: mine?.id ?? "" },
      "case.leave",
    );
    expect(found).toEqual(expect.arrayContaining([...ids, "case.new", "help.keys"]));
  });

  it("at a case that has ended", async () => {
    const ended = cases().find((item) => mayMerge(item));
    const ids = ["case.merge", "case.delete"];
    const found = await openingAt(
      { page: "cases", list: "all", caseId: ended?.id ?? "" },
      "case.merge",
    );
    expect(found).toEqual(expect.arrayContaining(ids));
  });

  it("at a list that is narrowed down", async () => {
    const view = { ...PLAIN, filter: { state: ["assigned" as const] } };
    expect(await openingAt({ page: "cases", list: "all", view }, "list.save")).toContain(
      "list.save",
    );
  });

  it("at a contact", async () => {
    const place = cases().find(({ contact_id }) => contact_id)?.contact_id ?? "";
    const ids = ["contact.edit", "contact.merge", "contact.delete"];
    await act(() => go({ page: "contacts", place }));
    await vi.waitFor(() => expect(document.querySelector(".contact-card")).not.toBeNull());
    expect(await openingAt({ page: "contacts", place }, "contact.edit")).toEqual(ids);
  });

  it("also where there is nothing to choose from, and says what would have to be made", async () => {
    await act(() => {
      desk.saved.all.value = [];
      open("palette list.saved");
    });
    const said = () => document.querySelector(".palette-none")?.textContent;
    await vi.waitFor(() => expect(said()).toBe(t("command-saved-none")));
    expect(COMMANDS.filter(({ none }) => none).map(({ id }) => id)).toEqual(
      expect.arrayContaining(["case.macro", "case.label", "list.saved"]),
    );
  });

  it("and so does what is chosen in a second step", async () => {
    const open = cases().find(({ state }) => state === "assigned");
    await act(() => go({ page: "cases", list: "all", caseId: open?.id ?? "", view: PLAIN }));
    const at = await choose(t("console-snooze-chosen"), "palette case.snooze");
    expect(at).toBe("snooze-time");
    await staysOpen(at);
  });
});
