import { h, render } from "preact";
import { act as drawn } from "preact/test-utils";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../shared/i18n";
import type { Act } from "./cases/pending";
import { OTTO, sampleCase, TINA } from "./cases/sample";
import type { Desk } from "./desk";
import type { Technician } from "./model";
import TransferDialog from "./parts/TransferDialog";
import { give, giving, transfer } from "./transferring";

const perform = vi.fn(() => Promise.resolve(null));
const actOnMany = vi.fn(() => Promise.resolve([]));
const clear = vi.fn();
const store = {
  me: TINA,
  cases: { peek: () => new Map() },
  setPending: () => undefined,
};
const desk = {
  technician: TINA,
  actions: { perform },
  backend: { actOnMany },
  selection: { clear },
  store,
} as unknown as Desk;
const waiting = sampleCase({ id: "a" });
const ottos = sampleCase({ id: "b", state: "assigned", assignee: OTTO });
const act = (to: typeof OTTO | null, note: string): Act => ({ do: "transfer", to, note });

beforeEach(() => {
  giving.value = null;
  vi.clearAllMocks();
});

describe("giving a case to somebody else", () => {
  it("asks for a note first, for one case and for many, and does nothing before", () => {
    for (const chosen of [false, true]) {
      transfer(desk, { items: [waiting], to: OTTO, chosen });
      expect(giving.value).toEqual({ items: [waiting], to: OTTO, chosen });
    }
    transfer(desk, { items: [ottos], to: null, chosen: false });
    expect(giving.value).toMatchObject({ to: null });
    expect(perform).not.toHaveBeenCalled();
    expect(clear).not.toHaveBeenCalled();
  });

  it("takes it oneself without a word", () => {
    transfer(desk, { items: [ottos], to: TINA, chosen: false });
    expect(giving.value).toBeNull();
    expect(perform).toHaveBeenCalledWith(ottos, act(TINA, ""));
  });

  it("leaves those that they have, or that are in the queue, as they are", () => {
    transfer(desk, { items: [ottos], to: OTTO, chosen: false });
    transfer(desk, { items: [waiting], to: null, chosen: false });
    expect(giving.value).toBeNull();
    transfer(desk, { items: [waiting, ottos], to: OTTO, chosen: true });
    expect(giving.value?.items).toEqual([waiting]);
    // What is pending is in no queue.
    transfer(desk, { items: [{ ...waiting, state: "pending" }], to: null, chosen: false });
    expect(giving.value).toMatchObject({ to: null });
  });

  it("writes the note into each of them", () => {
    give(desk, { items: [waiting], to: OTTO, chosen: false }, "Call first.");
    expect(perform).toHaveBeenCalledWith(waiting, act(OTTO, "Call first."));
    give(desk, { items: [waiting, ottos], to: null, chosen: true }, "Not ours.");
    expect(clear).toHaveBeenCalled();
    expect(actOnMany).toHaveBeenCalledWith([waiting, ottos], act(null, "Not ours."));
  });

  it.each([
    [[waiting], "Transfer case"],
    [[waiting, sampleCase({ id: "c" })], "Transfer to Otto"],
  ])("says on its button what becomes of %#", async (items, text) => {
    await setLocale("en");
    giving.value = { items, to: { ...OTTO, name: "Otto" }, chosen: items.length > 1 };
    const root = document.createElement("div");
    const technician = TINA as unknown as Technician;
    await drawn(() => render(h(TransferDialog, { desk, technician }), root));
    expect(root.querySelector(".button-primary")?.textContent).toContain(text);
    render(null, root);
  });
});
