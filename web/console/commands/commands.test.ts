import { computed, signal } from "@preact/signals";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleCase, TINA } from "../cases/sample";
import { CaseStore } from "../cases/store";
import {
  COMMAND_GROUPS,
  type Command,
  COMMANDS,
  type Context,
  contextOf,
  isPossible,
  manyOf,
  runCommand,
} from "../commands";
import type { Desk } from "../desk";
import { hasText, setLocale, t } from "../../shared/i18n";
import { keysOf, nameOfKey } from "../keys";
import type { Act } from "../cases/pending";
import type { Case, Technician } from "../model";
import { close, opened } from "../opened";
import { arrange, commandLines, optionLines } from "../palette/listing";
import { moveTo } from "../palette/Finder";
import { go, route } from "../route";
import { Selection } from "../selection";
import { Shortcuts } from "../shortcuts";
import { toasts } from "../toasts";

const store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
const perform = vi.fn(async () => null);
const actOnMany = vi.fn<(items: readonly Case[], act: Act) => Promise<never[]>>(async () => []);
const desk = {
  store,
  list: {
    now: computed(() => {
      const { list } = route.value;
      return { status: store.statuses[list], rows: store.rows[list] };
    }),
  },
  backend: { actOnMany },
  actions: { perform },
  labels: { usable: signal([{ id: "bug", title: "Bug", colour: "violet" }]) },
  selection: new Selection(),
  inbox: { unread: signal(0) },
  saved: { all: signal([]) },
  selected: signal(undefined),
} as unknown as Desk;
const technician = {
  ...TINA,
  role: "technician",
  companies: [],
  sound: true,
} as unknown as Technician;
const context = (change: Partial<Context> = {}): Context => ({
  desk,
  technician,
  item: undefined,
  chosen: [],
  ...change,
});
const key = (name: string, more: KeyboardEventInit = {}, target: Element = document.body) => {
  const event = new KeyboardEvent("keydown", { key: name, bubbles: true, ...more });
  target.dispatchEvent(event);
  return event;
};
const titles = (change: Partial<Context>) =>
  commandLines(context(change)).map((line) => line.title);

beforeAll(() => setLocale("en"));
beforeEach(() => go({ page: "cases", list: "unassigned", caseId: null }));

describe("the registry of commands", () => {
  it("has each id and each key once, and words for everything", () => {
    const ids = COMMANDS.map(({ id }) => id);
    const keys = COMMANDS.flatMap(({ shortcut = [] }) => shortcut);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(keys).size).toBe(keys.length);
    const texts = COMMANDS.flatMap(({ title, keywords = [] }) => [title, keywords].flat());
    texts.push(...COMMAND_GROUPS.map((group) => `command-group-${group}`));
    expect(texts.filter((text) => typeof text === "string" && !hasText(text))).toEqual([]);
  });

  it("has no key that is the first of two: it would never be heard", () => {
    const keys = COMMANDS.flatMap(({ shortcut = [] }) => shortcut);
    const swallowed = keys.filter((one) => keys.some((other) => other.startsWith(`${one} `)));
    expect(swallowed).toEqual([]);
  });

  it("offers what the case on screen allows, and nothing about a case without one", () => {
    const mine = sampleCase({ id: "a", state: "assigned", assignee: TINA });
    expect(titles({ item: mine })).toEqual(
      expect.arrayContaining([t("console-action-resolve"), t("console-leave")]),
    );
    expect(titles({ item: mine })).not.toContain(t("console-action-assign"));
    expect(titles({})).not.toContain(t("console-action-resolve"));
  });

  it("offers the sections of administrators to administrators", () => {
    const incoming = "Settings: Incoming cases";
    expect(titles({})).not.toContain(incoming);
    const administrator: Technician = { ...technician, role: "administrator" };
    expect(titles({ technician: administrator })).toContain(incoming);
  });
});

describe("with cases chosen", () => {
  const waiting = sampleCase({ id: "w" });
  const mine = sampleCase({ id: "m", state: "assigned", assignee: TINA, live: false });
  const gone = sampleCase({ id: "g" });
  const command = (id: string) => COMMANDS.find((one) => one.id === id) as Command;

  it("does with those of them that it fits, whatever is on screen", () => {
    const here = context({ item: mine, chosen: [waiting, mine] });
    expect(manyOf(command("case.assign"), here)).toEqual([waiting]);
    expect(isPossible(command("case.assign"), here)).toBe(true);
    const resolved = sampleCase({ id: "r", state: "resolved", live: false });
    expect(isPossible(command("case.resolve"), context({ item: mine, chosen: [resolved] }))).toBe(
      false,
    );
  });

  it("resolves what nobody has yet too, as the menu of one case does", () => {
    const left = sampleCase({ id: "l", live: false });
    expect(manyOf(command("case.resolve"), context({ chosen: [left, mine] }))).toEqual([
      left,
      mine,
    ]);
    expect(isPossible(command("case.resolve"), context({ item: left }))).toBe(true);
  });

  it.each(["case.spam", "case.resolve"])("offers %s for live chats, and says why not", (id) => {
    toasts.value = [];
    const here = context({ chosen: [waiting] });
    expect(commandLines(here).map((line) => line.id)).toContain(id);
    expect(manyOf(command(id), here)).toEqual([]);
    actOnMany.mockClear();
    runCommand(command(id), here);
    expect(actOnMany).not.toHaveBeenCalled();
    expect(toasts.value.at(-1)?.text).toContain(t("many-live-left", { count: 1 }));
  });

  it("puts a label, a time or a priority on all of them, chosen in a second step", async () => {
    const here = context({ chosen: [waiting, mine] });
    const options = await command("case.label").options?.(here);
    expect(optionLines(options ?? [])[0]).toMatchObject({ title: "Bug", colour: "violet" });
    options?.find(({ title }) => title === "Bug")?.run();
    await vi.waitFor(() => expect(actOnMany).toHaveBeenCalledOnce());
    const [items, act] = actOnMany.mock.calls[0] ?? [];
    expect(items).toHaveLength(2);
    expect(act).toEqual({ do: "label", add: ["bug"], remove: [] });
  });

  it("opens the palette at what there is to choose from", () => {
    runCommand(command("case.snooze"), context({ chosen: [mine] }));
    expect(opened.value).toBe("palette case.snooze");
    close();
  });

  it("counts those only that are still in the list", () => {
    store.setStatus("unassigned", { phase: "ready" });
    store.merge([waiting]);
    desk.selection.all([waiting.id, gone.id]);
    expect(contextOf(desk, technician).chosen).toEqual([waiting]);
    desk.selection.clear();
  });
});

describe("the palette", () => {
  it("begins with what was used lately, and finds by parts, other words and without accents", () => {
    const lines = commandLines(context());
    const [lately] = arrange(lines, "", ["look.theme"]);
    expect(lately?.lines.map(({ id }) => id)).toEqual(["look.theme"]);
    const first = (query: string) => arrange(lines, query, [])[0]?.lines[0]?.id;
    expect(first("my c")).toBe("go.mine");
    expect(first("dark")).toBe("look.theme");
    expect(first("espanol")).toBe("look.language");
    expect(arrange(lines, "qqq", [])).toEqual([]);
  });

  it("goes round its ends", () => {
    expect([moveTo("ArrowDown", 2, 3), moveTo("ArrowUp", 0, 3)]).toEqual([0, 2]);
    expect([moveTo("PageDown", 0, 3), moveTo("x", 0, 3), moveTo("ArrowDown", 0, 0)]).toEqual([
      2,
      null,
      null,
    ]);
  });
});

describe("the keys", () => {
  const run = vi.fn<(shortcut: string) => void>();
  const command = (shortcut: string, when = true): Command => ({
    id: shortcut,
    group: "go",
    title: shortcut,
    shortcut,
    when: () => when,
    run: () => run(shortcut),
  });
  let shortcuts: Shortcuts;

  beforeEach(() => {
    run.mockReset();
    const [j, gm, mod] = [command("j"), command("g m"), command("Mod+k")];
    shortcuts = new Shortcuts([j, gm, mod, command("e", false)]);
  });

  it("run what they stand for, one or two of them, and leave alone what stands for nothing now", () => {
    expect(shortcuts.press(key("j"), context())).toBe(true);
    expect(shortcuts.press(key("e"), context())).toBe(false);
    expect(shortcuts.press(key("g"), context())).toBe(true);
    expect(shortcuts.press(key("m"), context())).toBe(true);
    expect(run.mock.calls.flat()).toEqual(["j", "g m"]);
  });

  it("are not heard while the palette that was asked for is still on its way", () => {
    opened.value = "palette";
    expect(shortcuts.press(key("j"), context())).toBe(false);
    close();
    expect(shortcuts.press(key("j"), context())).toBe(true);
  });

  it("forget the first of two when the second does not come, or is another", () => {
    vi.useFakeTimers();
    shortcuts.press(key("g"), context());
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    expect(shortcuts.press(key("m"), context())).toBe(false);
    shortcuts.press(key("g"), context());
    shortcuts.press(key("x"), context());
    expect(shortcuts.press(key("m"), context())).toBe(false);
  });

  it("are letters while something is written, except those with Ctrl or Cmd", () => {
    const field = document.body.appendChild(document.createElement("textarea"));
    expect(shortcuts.press(key("j", {}, field), context())).toBe(false);
    expect(shortcuts.press(key("k", { ctrlKey: true }, field), context())).toBe(true);
    expect(shortcuts.press(key("k", { metaKey: true }, field), context())).toBe(true);
    field.remove();
  });

  it("are named alike whatever the keyboard, and shown as they stand on it", () => {
    expect(nameOfKey(key("?", { shiftKey: true }))).toBe("?");
    expect(nameOfKey(key("X", { shiftKey: true }))).toBe("Shift+x");
    expect(nameOfKey(key("Shift", { shiftKey: true }))).toBeNull();
    expect(nameOfKey(key("a", { altKey: true }))).toBeNull();
    expect([keysOf("g m"), keysOf("Mod+k"), keysOf("Escape")]).toEqual([
      ["G", "M"],
      ["Ctrl", "K"],
      ["Esc"],
    ]);
  });

  it("have the names that stand on the keyboards of a language", async () => {
    await setLocale("de");
    expect(keysOf("Mod+k")).toEqual(["Strg", "K"]);
    expect(keysOf("Shift+x")).toEqual(["Umschalt", "X"]);
    await setLocale("es");
    expect(keysOf("Shift+x")).toEqual(["Mayús", "X"]);
    await setLocale("en");
  });

  it("of the console lead to the lists", () => {
    const all = new Shortcuts();
    all.press(key("g"), context());
    all.press(key("m"), context());
    expect(route.value).toMatchObject({ page: "cases", list: "mine" });
  });
});
