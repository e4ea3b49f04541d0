import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Command, COMMANDS, type Context } from "./commands";
import { enterNextPane, enterPane, keepFocus, paneOfFocus } from "./focus";
import { go } from "./route";
import { Shortcuts } from "./shortcuts";

const CASE = "0198c0de-0000-7000-8000-000000000001";
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
const focused = () => document.activeElement?.id;
const element = (id: string) => document.querySelector<HTMLElement>(`#${id}`);
let leave: () => void;

beforeEach(() => {
  go({ page: "cases", caseId: CASE });
  document.body.innerHTML = `
    <div id="root">
      <section class="pane pane-list">
        <button role="tab" tabindex="0" id="tab">All</button>
        <ul id="rows">
          <li><a href="#1" id="row1" data-case="1" tabindex="0">1</a></li>
          <li><a href="#2" id="row2" data-case="2" tabindex="-1">2</a></li>
        </ul>
      </section>
      <main class="pane pane-conversation">
        <section class="messages" tabindex="0" id="messages"></section>
        <div class="reply-area composer"><textarea id="reply"></textarea></div>
      </main>
      <aside class="pane pane-details">
        <div class="details-body"><button id="state">State</button></div>
        <footer id="foot"><button id="act">Assign</button></footer>
      </aside>
    </div>`;
  leave = keepFocus(element("root") as HTMLElement);
});
afterEach(() => leave());

it("finds a place for the focus that a closed dialog gives back to what is gone", async () => {
  const details = element("foot") as HTMLElement;
  details.innerHTML =
    '<button id="add">Add</button><dialog id="ask" open><button id="yes">Yes</button></dialog>';
  element("yes")?.focus();
  element("yes")?.remove();
  await settled();
  expect(focused()).toBeFalsy();
  element("ask")?.removeAttribute("open");
  await settled();
  expect(focused()).toBe("add");
});

describe("from pane to pane", () => {
  it("enters each where one goes on: the row, the composer, the first fact", async () => {
    for (const [name, id] of [
      ["list", "row1"],
      ["conversation", "reply"],
      ["details", "state"],
    ] as const) {
      expect(enterPane(name)).toBe(true);
      await settled();
      expect([paneOfFocus(), focused()]).toEqual([name, id]);
    }
  });

  it("goes round with F6, and back", () => {
    element("row1")?.focus();
    enterNextPane(1);
    expect(focused()).toBe("reply");
    enterNextPane(1);
    enterNextPane(1);
    expect(paneOfFocus()).toBe("list");
    enterNextPane(-1);
    expect(paneOfFocus()).toBe("details");
  });

  it("has no conversation and no details to enter without a case", () => {
    go({ caseId: null });
    expect([enterPane("conversation"), enterPane("details"), enterPane("list")]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("where one writes", () => {
  it("is left by Escape for what was said, and only there", () => {
    const escape = (COMMANDS.find(({ id }) => id === "case.close") ?? {}) as Command;
    const clear = vi.fn();
    const chosen = [{ id: "1" }];
    const context = { chosen, desk: { selection: { clear } } } as unknown as Context;
    const keys = new Shortcuts([escape]);
    const press = () => {
      const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
      document.activeElement?.dispatchEvent(event);
      keys.press(event, context);
    };
    element("reply")?.focus();
    press();
    expect([focused(), clear.mock.calls.length]).toEqual(["messages", 0]);
    press();
    expect([focused(), clear.mock.calls.length]).toEqual(["messages", 1]);
  });
});

describe("the focus is never lost", () => {
  it("goes to the next row when its own has left the list", async () => {
    element("row2")?.focus();
    element("row2")?.closest("li")?.remove();
    await settled();
    expect(focused()).toBe("row1");
  });

  it("goes to the nearest thing around when its button is gone", async () => {
    element("act")?.focus();
    const foot = element("foot") as HTMLElement;
    foot.innerHTML = '<button id="next">Resolve</button>';
    await settled();
    expect(focused()).toBe("next");
  });

  it("leaves the focus alone where somebody has taken it, and while a question is open", async () => {
    element("act")?.focus();
    element("reply")?.focus();
    element("foot")?.remove();
    await settled();
    expect(focused()).toBe("reply");
    element("reply")?.remove();
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.setAttribute("open", "");
    await settled();
    expect(focused()).not.toBe("messages");
  });
});
