/** Every section that reads something: while it waits, when it could not be read, and read at last. */
import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fetchFromMock } from "../../dev/mock/inPage";
import type { Desk } from "../desk";
import type { Technician } from "../model";
import { signInAtMock } from "../testing/onMock";
import { SECTIONS } from "./sections";

/** These show what the session knows, or tell of each service by itself. */
const READ_NOTHING = ["preferences", "incoming", "operations"];
const READING = SECTIONS.filter(({ id }) => !READ_NOTHING.includes(id));

let desk: Desk;
let technician: Technician;
let root: HTMLElement;
const page = (selector: string) => root.querySelector<HTMLElement>(selector);

beforeAll(async () => {
  ({ desk, technician } = await signInAtMock());
});

afterAll(() => vi.unstubAllGlobals());

beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

async function shown({ load }: (typeof READING)[number]): Promise<void> {
  const { default: Component } = await load();
  await act(() => render(h(Component, { desk, technician }), root));
}

const refused = () =>
  Promise.resolve(
    new Response(JSON.stringify({ error: { code: "not_found", params: {} } }), { status: 404 }),
  );

describe("a section of the settings", () => {
  for (const section of READING) {
    it(`shows the shape of what comes while it waits: ${section.id}`, async () => {
      vi.stubGlobal("fetch", () => new Promise(() => undefined));
      await shown(section);
      expect(page("[role=status] .skeleton")).not.toBeNull();
      expect(page(".banner")).toBeNull();
      // Where adding is offered depends on whether there is anything yet: a press must not meet a button on its way.
      expect(page(".settings-head .button-primary")).toBeNull();
    });

    it(`says why it cannot be read, and tries again: ${section.id}`, async () => {
      vi.stubGlobal("fetch", refused);
      await shown(section);
      await vi.waitFor(() => expect(page(".banner")?.textContent).toContain("not_found"));
      expect(page(".skeleton")).toBeNull();
      vi.stubGlobal("fetch", fetchFromMock);
      await act(() => page(".banner button")?.click());
      await vi.waitFor(() => expect(page(".banner, .skeleton")).toBeNull());
      expect(page(".named-list, .settings-card, .audit-lines, .erasures")).not.toBeNull();
    });
  }
});
