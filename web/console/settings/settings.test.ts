import { type ComponentChild, h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { hasText, setLocale } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { PAGES } from "../pages";
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
