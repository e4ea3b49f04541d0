import { signal } from "@preact/signals";
import { expect, test, vi } from "vitest";
import type { ContactView } from "../../shared/generated/rest";
import { sampleCase } from "../cases/sample";
import type { Case } from "../model";
import { ApiError } from "../../shared/api";
import { Kept } from "../kept";
import { CasesOf } from "./casesOf";
import { check, linesOf } from "./ContactEditor";
import { Directory } from "./directory";

const ME = "c-1";

function case_(id: string, minute: number, change: Partial<Case> = {}): Case {
  const created_at = `2026-05-04T10:${String(minute).padStart(2, "0")}:00Z`;
  return sampleCase({ id, created_at, contact_id: ME, ...change });
}

function contact(id: string, change: Partial<ContactView> = {}): ContactView {
  const at = "2026-05-04T10:00:00Z";
  const known = { first_name: "Ada", last_name: "", emails: [`${id}@example.com`] };
  const seen = { first_seen: at, last_seen: at, cases: 1 };
  const blank = { version: 1, organisation: "", phone: "", note: "" };
  return { id, ids: [id], ...blank, ...known, ...seen, ...change };
}

test("cases of a customer are there newest first, with what the desk hears of them meanwhile", async () => {
  const live = signal<ReadonlyMap<string, Case>>(new Map());
  const read = [case_("a", 3), case_("b", 1)];
  const of = new CasesOf(async () => ({ cases: read, next: null }), live, new Set([ME]), "self");
  expect(of.cases.value).toBe(null);
  await of.load();
  expect(of.cases.value?.map(({ id }) => id)).toEqual(["a", "b"]);
  const told = [
    case_("self", 5),
    case_("new", 4),
    case_("other", 6, { contact_id: "c-2" }),
    case_("b", 1, { version: 2, state: "resolved" }),
  ];
  live.value = new Map(told.map((item) => [item.id, item]));
  expect(of.cases.value?.map(({ id, state }) => [id, state])).toEqual([
    ["new", "unassigned"],
    ["a", "unassigned"],
    ["b", "resolved"],
  ]);
});

test("pages of a customer's cases follow each other, and a failure can be tried again", async () => {
  const pages = vi
    .fn()
    .mockResolvedValueOnce({ cases: [case_("a", 3)], next: "x" })
    .mockRejectedValueOnce(new Error("away"))
    .mockResolvedValueOnce({ cases: [case_("b", 1)], next: null });
  const of = new CasesOf(pages, signal(new Map()), new Set([ME]), null);
  await of.load();
  await of.more();
  expect(of.failure.value).toBeInstanceOf(Error);
  await of.more();
  expect(of.cases.value?.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(pages.mock.calls).toEqual([[null], ["x"], ["x"]]);
});

test("an answer to an older search is thrown away", async () => {
  vi.useFakeTimers();
  const answers: ((page: { contacts: ContactView[]; next: null }) => void)[] = [];
  const list = vi.fn(() => new Promise<never>((resolve) => answers.push(resolve as never)));
  const directory = new Directory({ list, get: vi.fn<() => Promise<ContactView>>() });
  directory.type("ad");
  await vi.advanceTimersByTimeAsync(200);
  directory.type("ada");
  await vi.advanceTimersByTimeAsync(200);
  answers[1]?.({ contacts: [contact("new")], next: null });
  answers[0]?.({ contacts: [contact("old")], next: null });
  await vi.advanceTimersByTimeAsync(0);
  expect(directory.contacts.value?.map(({ id }) => id)).toEqual(["new"]);
  expect(list.mock.calls).toEqual([
    ["ad", null],
    ["ada", null],
  ]);
  vi.useRealTimers();
});

test("a merged contact takes the other one's row away", async () => {
  const directory = new Directory({
    list: async () => ({ contacts: [contact("a"), contact("b"), contact("c")], next: null }),
    get: async (id) => contact(id),
  });
  await directory.load();
  directory.note(contact("a", { ids: ["a", "b"], version: 2 }));
  expect(directory.contacts.value?.map(({ id, version }) => [id, version])).toEqual([
    ["a", 2],
    ["c", 1],
  ]);
});

test("addresses stand one in each line, and at least one is needed", () => {
  const form = { first_name: "", last_name: "", organisation: "", phone: "", note: "" };
  expect(linesOf("a@x.example\n b@x.example, c@x.example")).toHaveLength(3);
  expect(check({ ...form, emails: " \n" }).emails?.code).toBe("required");
  expect(check({ ...form, emails: "a@x.example\nnobody" }).emails?.code).toBe("invalid_email");
  expect(check({ ...form, emails: "a@x.example" })).toEqual({});
});

test("what a colleague changes is there at once, and what is no more goes", async () => {
  const get = vi.fn(async (id: string) => {
    if (id === "b") throw new ApiError("contact_unknown", 404);
    return contact("a", { first_name: "Augusta", version: 2 });
  });
  const list = vi.fn(async () => ({ contacts: [contact("a"), contact("b")], next: null }));
  const directory = new Directory({ list, get });
  await directory.load();
  const kept = new Kept();
  const leave = kept.on("contact", (id) => void directory.heard(id));
  kept.tell("filter", "a");
  for (const id of ["a", "b", "not listed"]) kept.tell("contact", id);
  await vi.waitFor(() =>
    expect(directory.contacts.value?.map(({ first_name }) => first_name)).toEqual(["Augusta"]),
  );
  expect(get.mock.calls.flat()).toEqual(["a", "b"]);
  // After a lost connection all of it is read again.
  kept.missed();
  await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  leave();
  kept.missed();
  expect(list).toHaveBeenCalledTimes(2);
});
