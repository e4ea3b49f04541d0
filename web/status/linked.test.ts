import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Survey } from "../portal/survey";
import { setLocale } from "../shared/i18n";
import { FakeDesk } from "../shared/testing/desk";
import { LinkedRequest } from "./linked";

const TOKEN = "t".repeat(64);
let desk: FakeDesk;

beforeEach(async () => {
  localStorage.clear();
  await setLocale("en");
  desk = new FakeDesk();
  desk.install();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function shows(more: object): void {
  desk.replies["/cases/link"] = () => [
    200,
    { number: 1001, survey: "open", rating: null, ...more },
  ];
}

it("asks with the token in the body, and in no address", async () => {
  shows({ state: "received" });
  const linked = new LinkedRequest(TOKEN);
  await linked.look();
  expect(linked.shown.value).toMatchObject({ number: 1001, state: "received" });
  expect(desk.asked).toEqual([{ method: "POST", path: "/api/cases/link", body: { token: TOKEN } }]);
});

it.each(["link_invalid", "case_unknown"])("has nothing more to show after %s", async (code) => {
  shows({});
  const linked = new LinkedRequest(TOKEN);
  await linked.look();
  desk.refuse("/cases/link", 404, code);
  await linked.look();
  expect(linked.failure.value?.code).toBe(code);
});

it("stays as last seen while nobody can be asked, and says so only where nothing was seen", async () => {
  const linked = new LinkedRequest(TOKEN);
  desk.refuse("/cases/link", 500, "internal");
  await linked.look();
  expect(linked.failure.value?.code).toBe("internal");
  shows({ state: "resolved" });
  await linked.look();
  expect(linked.failure.value).toBeNull();
  desk.refuse("/cases/link", 500, "internal");
  await linked.look();
  expect(linked.failure.value).toBeNull();
  expect(linked.shown.value?.state).toBe("resolved");
});

it("sends the survey's answer with its token, and keeps no draft that opens the case", async () => {
  shows({});
  const linked = new LinkedRequest(TOKEN);
  await linked.look();
  const survey = new Survey(linked);
  survey.rate(4);
  expect(Object.keys(localStorage).join()).not.toContain(TOKEN);
  desk.replies["/link/survey"] = () => [200, { survey: "answered", rating: 4 }];
  await survey.send();
  expect(desk.to("/link/survey")[0]?.body).toEqual({ token: TOKEN, rating: 4, comment: "" });
  expect(linked.shown.value?.survey).toBe("answered");
});

it("is not taken back by an older answer that was on its way", async () => {
  shows({});
  const linked = new LinkedRequest(TOKEN);
  await linked.look();
  desk.replies["/link/survey"] = () => [200, { survey: "answered", rating: 5 }];
  const late = linked.look();
  await linked.answer({ rating: 5 });
  await late;
  expect(linked.shown.value?.survey).toBe("answered");
});
