/** Whatever is pressed is shown at once, and taken back in words when it did not hold (issue 5: optimistic but honest). */
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, errorText } from "../shared/api";
import { setLocale, t } from "../shared/i18n";
import type { Entry } from "../shared/wire";
import { CaseActions } from "./cases/actions";
import type { Act } from "./cases/pending";
import { OTTO, sampleCase, TINA } from "./cases/sample";
import { CaseStore } from "./cases/store";
import type { Desk } from "./desk";
import type { Case } from "./model";
import { Notes } from "./notes";
import { perform } from "./press";
import { asShown, deleteMessage, sendNote } from "./sending";
import { toasts } from "./toasts";

const AWAY = new ApiError("network", 0);
const NOTE = { id: "n", caseId: "a", text: "Call back.", mentions: [], after: 1 };

/** Each kind of act with what is to be seen of it before any answer. */
const ACTS: Record<Act["do"], [Act, Partial<Case>]> = {
  assign: [{ do: "assign" }, { state: "assigned", assignee: TINA }],
  resolve: [{ do: "resolve" }, { state: "resolved" }],
  reopen: [{ do: "reopen" }, { state: "assigned", assignee: TINA }],
  open: [{ do: "open" }, { state: "assigned", assignee: TINA }],
  pending: [{ do: "pending" }, { state: "pending", assignee: null }],
  snooze: [{ do: "snooze", until: "reply", time_zone: "UTC" }, { state: "snoozed" }],
  transfer: [
    { do: "transfer", to: OTTO, note: "" },
    { state: "assigned", assignee: OTTO },
  ],
  label: [{ do: "label", add: ["bug"], remove: [] }, { labels: ["bug"] }],
  title: [{ do: "title", title: "Export" }, { title: "Export" }],
  priority: [{ do: "priority", priority: "high" }, { priority: "high" }],
  flag: [{ do: "flag", flagged: true }, { flagged: true }],
  mute: [{ do: "mute", muted: true }, { muted: true }],
  spam: [
    { do: "spam", spam: true },
    { spam: true, state: "resolved" },
  ],
  verify: [{ do: "verify", verified: true }, { contact_verified: true }],
  // What a macro does is the server's to say: nothing is promised before.
  macro: [{ do: "macro", macro: "m", client_id: "c", name: "Close", ends: false }, {}],
};

let store: CaseStore;
let desk: Desk;
let answer: { resolve: (item: Case) => void; reject: (error: unknown) => void };
const waiting = sampleCase({ id: "a", live: false, state: "unassigned" });
const asked = vi.fn(
  () =>
    new Promise<Case>((resolve, reject) => {
      answer = { resolve, reject };
    }),
);
const movedOn = (error: unknown) =>
  error instanceof ApiError && error.code === "case_moved_on"
    ? (error.params as unknown as { case: Case; by: typeof OTTO })
    : null;
const shown = () => store.shown.value.get("a");
const said = () => toasts.value.at(-1);

beforeAll(() => setLocale("en"));
beforeEach(() => {
  asked.mockClear();
  toasts.value = [];
  store = new CaseStore(TINA, { read: () => 0, write: () => undefined }, () => undefined);
  store.receive(waiting, "case.opened");
  desk = {
    store,
    technician: TINA,
    actions: new CaseActions(store, { act: asked, movedOn }),
    notes: new Notes({ note: asked }, (item) => store.settleAction(item)),
    backend: { deleteMessage: asked, movedOn },
  } as unknown as Desk;
});

describe.each(Object.entries(ACTS))("%s", (_, [act, seen]) => {
  it("is shown at once", () => {
    void perform(desk, waiting, act);
    expect(shown()).toMatchObject(seen);
  });

  it("is taken back when somebody was faster: who, and with what", async () => {
    const done = perform(desk, waiting, act);
    const faster = { version: 2, state_version: 2, state: "assigned", assignee: OTTO } as const;
    const now = sampleCase({ id: "a", ...faster });
    answer.reject(new ApiError("case_moved_on", 409, { case: now, by: OTTO } as never));
    await done;
    expect(shown()).toEqual(now);
    expect(said()).toMatchObject({ tone: "warning", code: "case_moved_on" });
    expect(said()?.text).toBe(t("console-moved-on-assigned", { number: "1042", name: OTTO.name }));
  });

  it("is taken back when nobody answers: which case, why, and once more", async () => {
    const done = perform(desk, waiting, act);
    answer.reject(AWAY);
    await done;
    expect(shown()).toEqual(waiting);
    const why = errorText("network");
    expect(said()?.text).toBe(t("console-taken-back", { number: "1042", why }));
    said()?.action?.run();
    expect(asked).toHaveBeenCalledTimes(2);
    expect(shown()).toMatchObject(seen);
  });
});

describe.each(["snooze", "transfer", "pending", "resolve", "reopen", "open"] as const)(
  "%s",
  (name) => {
    it("says what was done, and takes it back by the version that it made", async () => {
      const [act, seen] = ACTS[name];
      const now = { ...waiting, ...seen, version: 2, state_version: 2 };
      const undo = vi.fn(async () => ({ ...waiting, version: 3, state_version: 3 }));
      Object.assign(desk.backend, { undo });
      const done = perform(desk, waiting, act);
      answer.resolve(now);
      await done;
      expect(said()?.text).toBe(t(`console-done-${name}`, { number: "1042" }));
      expect(said()?.action?.label).toBe(t("undo"));
      said()?.action?.run();
      await vi.waitFor(() => expect(shown()).toMatchObject({ state: "unassigned", version: 3 }));
      expect(undo.mock.calls).toEqual([["a", 2]]);
    });
  },
);

describe("what is taken back", () => {
  const resolved = { ...waiting, state: "resolved", version: 2, state_version: 2 } as const;
  const doing = async (act: Act, now: Case, undo: () => Promise<Case>) => {
    Object.assign(desk.backend, { undo });
    const done = perform(desk, waiting, act);
    answer.resolve(now);
    await done;
    said()?.action?.run();
  };

  it("is no spam any more either, by one question: mark and state are one act", async () => {
    const back = { ...waiting, version: 4, state_version: 3 };
    const marked = { ...resolved, spam: true, version: 3 };
    await doing({ do: "spam", spam: true }, marked, async () => back);
    await vi.waitFor(() =>
      expect(store.cases.value.get("a")).toMatchObject({ spam: false, version: 4 }),
    );
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("is not where somebody has gone on from there: who, and with what", async () => {
    const now = {
      ...resolved,
      version: 3,
      state_version: 3,
      state: "assigned",
      assignee: OTTO,
    } as const;
    const faster = new ApiError("case_moved_on", 409, { case: now, by: OTTO } as never);
    await doing({ do: "resolve" }, resolved, () => Promise.reject(faster));
    await vi.waitFor(() =>
      expect(said()).toMatchObject({ tone: "warning", code: "case_moved_on" }),
    );
    expect(said()?.text).toBe(t("console-moved-on-assigned", { number: "1042", name: OTTO.name }));
    expect(shown()).toMatchObject(now);
  });

  it("is never the end of a chat: its case is opened again, and that is what the button says", async () => {
    await doing({ do: "resolve" }, { ...resolved, live: true }, vi.fn());
    expect(said()?.action?.label).toBe(t("console-action-reopen"));
    expect(asked).toHaveBeenLastCalledWith("a", { do: "reopen" }, 2);
  });
});

it("says why the server did not want it, and does not offer what cannot help", async () => {
  const done = perform(desk, waiting, { do: "label", add: ["gone"], remove: [] });
  answer.reject(new ApiError("label_unknown", 422));
  await done;
  expect(said()).toMatchObject({ tone: "error", code: "label_unknown" });
  expect(said()?.action).toBeUndefined();
});

describe("a private note", () => {
  it("is shown at once, until the timeline tells it", async () => {
    const done = sendNote(desk, waiting, NOTE, () => true);
    expect(desk.notes.of("a", []).map(({ text }) => text)).toEqual([NOTE.text]);
    expect(desk.notes.of("b", [])).toEqual([]);
    answer.resolve(sampleCase({ id: "a", version: 2 }));
    await done;
    expect(store.cases.value.get("a")?.version).toBe(2);
    const told = { type: "case.noted", note: NOTE.text };
    expect(desk.notes.of("a", [{ ...told, version: 1 }] as never)).toHaveLength(1);
    expect(desk.notes.of("a", [{ ...told, version: 2 }] as never)).toEqual([]);
  });

  it("is given back to who wrote it, or sent once more under the same id", async () => {
    const giveBack = vi.fn(() => true);
    const done = sendNote(desk, waiting, NOTE, giveBack);
    answer.reject(AWAY);
    await done;
    expect([desk.notes.of("a", []), giveBack.mock.calls.length]).toEqual([[], 1]);
    expect(said()?.text).toContain("#1042");
    expect(said()?.action).toBeUndefined();
    giveBack.mockReturnValue(false);
    const other = sendNote(desk, waiting, NOTE, giveBack);
    answer.reject(AWAY);
    await other;
    said()?.action?.run();
    expect(asked.mock.calls.map((call: unknown[]) => call[1])).toEqual(["n", "n", "n"]);
  });
});

describe("a deleted message", () => {
  const author = { kind: "technician", id: TINA.id, name: TINA.name } as const;
  const entry = { id: "m", kind: "message", text: "Secret", author } as unknown as Entry;

  it("is gone at once, and back with the reason when it could not be deleted", async () => {
    const done = deleteMessage(desk, "a", entry);
    expect(asShown(entry)).toMatchObject({ text: "", deleted: { by: { name: TINA.name } } });
    answer.reject(AWAY);
    await done;
    expect(asShown(entry)).toBe(entry);
    const why = errorText("network");
    expect(said()?.text).toBe(t("console-message-kept", { number: "1042", why }));
    said()?.action?.run();
    expect(asShown(entry).text).toBe("");
  });
});
