/** What can be removed in the settings comes back when it is undone, each thing in its own section. */
import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fetchFromMock } from "../../dev/mock/inPage";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { Toasts } from "../parts/Toasts";
import { signInAtMock } from "../testing/onMock";
import { toasts } from "../toasts";
import { SECTIONS } from "./sections";

let desk: Desk;
let technician: Technician;
let root: HTMLElement;
const asked = vi.fn<(call: string) => void>();
const all = (selector: string) => [...root.querySelectorAll<HTMLElement>(selector)];
const press = (found: HTMLElement | undefined) => act(() => (found as HTMLElement).click());

function fetchAndTell(address: string, wanted: RequestInit = {}): Promise<Response> {
  const { method = "GET" } = wanted;
  if (method !== "GET") asked(`${method} ${address}`);
  return fetchFromMock(address, wanted);
}

beforeAll(async () => {
  ({ desk, technician } = await signInAtMock(fetchAndTell));
});

afterAll(() => vi.unstubAllGlobals());

beforeEach(() => {
  toasts.value = [];
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

async function shown(id: string): Promise<void> {
  const section = SECTIONS.find((one) => one.id === id);
  if (!section) throw new Error(id);
  const { default: Component } = await section.load();
  const page = [h(Component, { desk, technician, key: "page" }), h(Toasts, { key: "toasts" })];
  await act(() => render(page, root));
}

describe("a removal", () => {
  const names = () => all(".named-name").map((one) => one.textContent);

  for (const id of ["labels", "macros", "rules"])
    it(`of ${id} is undone with nothing asked of the server, and done when the section is left`, async () => {
      await shown(id);
      await vi.waitFor(() => expect(names().length).toBeGreaterThan(1));
      const before = names();
      const removes = () => all(".named-row > .button-icon:last-child");
      asked.mockClear();
      await press(removes()[0]);
      expect(names()).toEqual(before.slice(1));
      await press(all(".toast .button-secondary")[0]);
      expect(names()).toEqual(before);
      expect(document.activeElement?.closest(".named-row")?.textContent).toContain(before[0]);
      expect(asked).not.toHaveBeenCalled();
      await press(removes()[0]);
      await act(() => render(null, root));
      await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
      expect(asked.mock.calls[0]?.[0]).toMatch(
        /^(DELETE|PUT) \/api\/cases\/(labels|macros|rules)\//,
      );
    });

  it("of a service level is undone: what it promised is promised again", async () => {
    await shown("service-levels");
    const amounts = () => all(".level-target input").map((one) => (one as HTMLInputElement).value);
    const removal = () => all(".save-bar .button-secondary")[0];
    await vi.waitFor(() => expect(removal()).toBeDefined());
    const before = amounts();
    expect(before.filter(Boolean).length).toBeGreaterThan(0);
    await press(removal());
    await vi.waitFor(() => expect(removal()).toBeUndefined());
    expect(amounts().filter(Boolean)).toEqual([]);
    asked.mockClear();
    await press(all(".toast .button-secondary")[0]);
    await vi.waitFor(() => expect(removal()).toBeDefined());
    expect(amounts()).toEqual(before);
    expect(asked.mock.calls.map(([call]) => call)).toContain(
      "PUT /api/cases/service-levels/default",
    );
  });
});
