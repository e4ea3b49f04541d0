import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { close, dismiss, STAYS_MS, toast, toasts } from "./toasts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

it("what was done goes by itself, an error does not", () => {
  toast({ tone: "done", text: "Resolved" });
  const error = toast({ tone: "error", text: "Refused" });
  vi.advanceTimersByTime(STAYS_MS);
  expect(toasts.value.map(({ id }) => id)).toEqual([error]);
  dismiss(error);
});

it("goes not while the focus is in it: whoever is about to undo still can", () => {
  document.body.innerHTML = '<div class="toasts"><button>Undo</button></div><input>';
  toast({ tone: "done", text: "Resolved" });
  document.querySelector("button")?.focus();
  vi.advanceTimersByTime(STAYS_MS * 4);
  expect(toasts.value).toHaveLength(1);
  document.querySelector("input")?.focus();
  vi.advanceTimersByTime(1_000);
  expect(toasts.value).toEqual([]);
});

it("tells when it cannot be undone any more: it went, was closed, or made room; but not when it is taken back", () => {
  const over: string[] = [];
  const say = (text: string) => toast({ tone: "done", text, gone: () => over.push(text) });
  const [, second] = [say("a"), say("b"), say("c"), say("d")];
  expect(over).toEqual(["a"]);
  close(second);
  expect(over).toEqual(["a", "b"]);
  dismiss(toasts.value[0]?.id ?? 0);
  vi.advanceTimersByTime(STAYS_MS);
  expect(over).toEqual(["a", "b", "d"]);
});
