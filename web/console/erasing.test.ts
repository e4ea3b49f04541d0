import { beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import { sampleCase } from "./cases/sample";
import { CaseStore } from "./cases/store";
import type { Desk } from "./desk";
import { erase, eraseAsked, noteDeleted } from "./erasing";
import { go, route } from "./route";
import { toasts } from "./toasts";

const ID = "0199a000-0000-7000-8000-000000000001";
const item = sampleCase({ id: ID, number: 1001, live: false });

function deskWith(deleteCase: () => Promise<unknown>) {
  const mark = { read: () => 0, write: () => undefined };
  const store = new CaseStore({ id: "ada", name: "Ada" }, mark, () => undefined);
  store.merge([item]);
  const lose = vi.fn();
  const movedOn = (error: unknown) =>
    error instanceof ApiError && error.code === "case_moved_on" ? error.params : null;
  const technician = { id: "ada", role: "administrator" };
  const asked = vi.fn(deleteCase);
  const desk = { store, technician, finding: { lose }, backend: { deleteCase: asked, movedOn } };
  return { desk: desk as unknown as Desk, asked, lose };
}

beforeEach(() => {
  toasts.value = [];
  eraseAsked.value = ID;
  go({ page: "cases", list: "all", caseId: ID });
});

it("is gone from the console once it is deleted, with the way to its receipt", async () => {
  const { desk, asked } = deskWith(() => Promise.resolve());
  await erase(desk, item);
  expect(asked).toHaveBeenCalledWith(ID, item.state_version);
  expect(desk.store.cases.value.has(ID)).toBe(false);
  expect([route.value.caseId, eraseAsked.value]).toEqual([null, null]);
  toasts.value[0]?.action?.run();
  expect(route.value).toMatchObject({ page: "settings", place: "deleted-cases" });
});

it("deletes nothing that has moved on meanwhile, and shows how it is now", async () => {
  const now = { ...item, version: item.version + 1, state: "resolved" as const };
  const params = { case: now, by: { id: "ben", name: "Ben" }, name: "Ben", state: "resolved" };
  const refused = new ApiError("case_moved_on", 409, params as never);
  const { desk } = deskWith(() => Promise.reject(refused));
  await erase(desk, item);
  expect(desk.store.cases.value.get(ID)?.state).toBe("resolved");
  expect(toasts.value[0]?.code).toBe("case_moved_on");
  expect(eraseAsked.value).toBe(ID);
});

it("tells whoever looks at a case that somebody else deleted it", () => {
  const { desk, lose } = deskWith(() => Promise.resolve());
  noteDeleted(desk, { t: "deleted", case_id: ID, number: 1001, by: "Ada" });
  expect(lose).toHaveBeenCalledWith(ID, expect.objectContaining({ code: "conversation_deleted" }));
  expect(desk.store.cases.value.has(ID)).toBe(false);
  expect(toasts.value).toEqual([]);
});

it("tells in passing who has it in a list, and nobody else", () => {
  const { desk } = deskWith(() => Promise.resolve());
  go({ caseId: null });
  noteDeleted(desk, { t: "deleted", case_id: ID, number: 1001, by: "Ada" });
  expect(toasts.value).toHaveLength(1);
  noteDeleted(desk, { t: "deleted", case_id: ID, number: 1001, by: "Ada" });
  expect(toasts.value).toHaveLength(1);
});
