import { signal } from "@preact/signals";
import { beforeAll, expect, it, vi } from "vitest";
import type { LookView } from "../shared/generated/rest";
import { setLocale } from "../shared/i18n";
import { Looks, lookersText } from "./looks";

const look = (name: string, time = "2026-01-05T09:00:00Z"): LookView => ({
  person: { id: name, name },
  time,
});

function desk() {
  let now = 1_000_000_000;
  const source = {
    looks: vi.fn((id: string) => Promise.resolve([look(id)])),
    noteLook: vi.fn(() => Promise.resolve()),
  };
  const looks = new Looks(source, () => now);
  const at = signal<string | null>(null);
  looks.follow(at);
  return { source, looks, at, wait: (ms: number) => (now += ms) };
}

beforeAll(() => setLocale("en"));

it("tells of a look once in a quarter of an hour, and reads who else did each time", async () => {
  const { source, looks, at, wait } = desk();
  for (const id of ["a", null, "a", "b", "a"]) at.value = id;
  await vi.waitFor(() => expect(looks.found.value).toEqual([look("a")]));
  expect(source.noteLook.mock.calls).toEqual([["a"], ["b"]]);
  wait(15 * 60_000);
  at.value = null;
  at.value = "a";
  await vi.waitFor(() => expect(source.noteLook).toHaveBeenCalledTimes(3));
});

it("shows of a case what was found of it alone", async () => {
  const { source, looks, at } = desk();
  let answer: (found: LookView[]) => void = () => undefined;
  source.looks.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  at.value = "slow";
  await vi.waitFor(() => expect(source.looks).toHaveBeenCalledTimes(1));
  at.value = "b";
  await vi.waitFor(() => expect(looks.found.value).toEqual([look("b")]));
  answer([look("slow")]);
  await Promise.resolve();
  expect(looks.found.value).toEqual([look("b")]);
});

it("says it again the next time when it could not be said", async () => {
  const { source, looks, at } = desk();
  source.noteLook.mockRejectedValueOnce(new Error("away"));
  at.value = "a";
  await vi.waitFor(() => expect(source.noteLook).toHaveBeenCalledTimes(1));
  at.value = null;
  at.value = "a";
  await vi.waitFor(() => expect(looks.found.value).toEqual([look("a")]));
});

it("names everybody once", () => {
  const all = [look("Tomas"), look("Greta"), look("Tomas")];
  expect(lookersText(all, "Greta")).toBe("Looked at by Tomas and Greta (you)");
});
