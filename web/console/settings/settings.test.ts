import { signal } from "@preact/signals";
import { type ComponentChild, h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasText, setLocale } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Counts, Technician } from "../model";
import { hasCases, PAGES } from "../pages";
import { go } from "../route";
import { GROUPS, SECTIONS, sectionOf, sectionsFor } from "./sections";
import SettingsPage from "./SettingsPage";

const desk = Object.create(null) as Desk;
const person = (role: Technician["role"]) => ({ role, account_name: "Northwind" }) as Technician;

beforeAll(() => setLocale("en"));

describe("the registry of pages and sections", () => {
  it("names each once, in words that there are", () => {
    const ids = SECTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const texts = [...SECTIONS, ...PAGES].map(({ title }) => title);
    texts.push(...GROUPS.map((group) => `settings-group-${group}`));
    texts.push(...SECTIONS.flatMap(({ keywords = [] }) => keywords));
    expect(texts.filter((id) => !hasText(id))).toEqual([]);
  });

  it("finds a section by its address, whatever lies below it", () => {
    expect(sectionOf("incoming/new")?.id).toBe("incoming");
    expect(sectionOf("nothing")).toBeUndefined();
    expect(sectionOf(null)).toBeUndefined();
  });

  it("shows technicians what is theirs alone", () => {
    const theirs = sectionsFor({ role: "technician" });
    expect(theirs.every((section) => !section.administratorsOnly)).toBe(true);
    expect(sectionsFor({ role: "administrator" })).toEqual(SECTIONS);
  });
});

describe("the cases in the navigation", () => {
  const counts = signal<Counts | null>(null);
  const counting = { store: { counts } } as unknown as Desk;
  const of = (portals: (object | null)[]) =>
    ({ companies: portals.map((portal) => ({ portal })) }) as Technician;

  it("are there once a company has a portal, or a case has come some other way", () => {
    const shown = (portals: (object | null)[]) =>
      hasCases({ desk: counting, technician: of(portals) });
    expect([shown([]), shown([null]), shown([null, {}])]).toEqual([false, false, true]);
    counts.value = { unassigned: 0, mine: 0, all: 1 };
    expect(shown([])).toBe(true);
  });

  it("give way to how the first portal is made", async () => {
    const { NoPortal } = await import("../parts/NoPortal");
    const me = () => Promise.resolve(of([]));
    const asking = { account: { me } } as unknown as Desk;
    const root = document.createElement("div");
    await act(() => render(h(NoPortal, { desk: asking, technician: person("technician") }), root));
    expect(root.textContent).toContain("No customer portal yet");
    expect(root.textContent).toContain("An administrator makes the portal");
    render(null, root);
  });
});

describe("every section", () => {
  for (const section of SECTIONS)
    it(`${section.id} can be brought`, async () => {
      const { default: component } = await section.load();
      expect(component).toBeTypeOf("function");
    });
});

describe("the settings", () => {
  let root: HTMLElement;
  const show = async (child: ComponentChild) => {
    root = document.body.appendChild(document.createElement("div"));
    await act(() => render(child, root));
  };

  afterEach(() => {
    render(null, root);
    root.remove();
  });

  it("are closed to technicians where administrators decide, and not in their navigation", async () => {
    go({ page: "settings", place: "incoming" });
    await show(h(SettingsPage, { desk, technician: person("technician") }));
    expect(root.textContent).toContain("Settings are for administrators");
    expect(root.querySelector("nav")?.textContent).not.toContain("Incoming cases");
    expect(root.querySelector("[role=switch]")).toBeNull();
  });

  it("say so when an address names no section", async () => {
    go({ page: "settings", place: "nothing" });
    await show(h(SettingsPage, { desk, technician: person("administrator") }));
    expect(root.querySelector("main")?.textContent).toContain("There is no such section");
  });

  it("mark the section that is open", async () => {
    go({ page: "settings", place: "incoming" });
    await show(h(SettingsPage, { desk, technician: person("administrator") }));
    expect(root.querySelector("[aria-current=page]")?.textContent).toBe("Incoming cases");
    await act(() => go({ page: "settings" }));
    expect(root.querySelector("[aria-current=page]")?.textContent).toBe("Preferences");
  });
});
