import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followDraft, KEPT_MS, loadDraft, saveDraft, sweepDrafts } from "./drafts";

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("keeps one draft for each name until it is empty", () => {
  saveDraft("a", "Dear");
  saveDraft("b", "Hello");
  expect([loadDraft("a"), loadDraft("b"), loadDraft("c")]).toEqual(["Dear", "Hello", ""]);
  saveDraft("a", "");
  expect([loadDraft("a"), localStorage.length]).toEqual(["", 1]);
});

it("forgets what was left lying for a week, and nothing else", () => {
  localStorage.setItem("deskbus.other", '"stays"');
  saveDraft("old", "My password is");
  vi.advanceTimersByTime(KEPT_MS - 1000);
  saveDraft("new", "Hello");
  expect(loadDraft("old")).toBe("My password is");
  vi.advanceTimersByTime(2000);
  expect([loadDraft("old"), loadDraft("new")]).toEqual(["", "Hello"]);
  sweepDrafts();
  expect(Object.keys(localStorage).sort()).toEqual(["deskbus.draft.new", "deskbus.other"]);
});

it("follows what another tab writes or sends", () => {
  const heard: string[] = [];
  const leave = followDraft("a", (text) => heard.push(text));
  const tell = (key: string) => dispatchEvent(new StorageEvent("storage", { key }));
  saveDraft("a", "Dear");
  tell("deskbus.draft.a");
  tell("deskbus.draft.b");
  saveDraft("a", "");
  tell("deskbus.draft.a");
  leave();
  tell("deskbus.draft.a");
  expect(heard).toEqual(["Dear", ""]);
});
