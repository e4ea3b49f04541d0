import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { setLocale } from "../shared/i18n";
import { accessToken, FakeDesk } from "../shared/testing/desk";
import { tokensOf } from "./backend";
import { OwnCase } from "./case";
import { Survey } from "./survey";

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

function opened(): { survey: Survey; own: OwnCase } {
  const tokens = tokensOf({ conversation_id: "k", secret: "s" }, accessToken());
  const own = new OwnCase("k", tokens);
  return { survey: new Survey(own), own };
}

it("is not sent without a rating, and what was chosen outlives a reload", async () => {
  const { survey } = opened();
  survey.form.set("comment", "Quick");
  await survey.send();
  expect(survey.missing.value).toBe(true);
  expect(desk.asked).toEqual([]);
  survey.rate(4);
  const again = opened();
  expect(again.survey.rating.value).toBe(4);
  desk.replies["/k/survey"] = () => [200, { survey: "answered", rating: 4 }];
  await again.survey.send();
  expect(desk.to("/k/survey")[0]?.body).toEqual({ rating: 4, comment: "Quick" });
  expect(again.own.shown.value?.survey).toBe("answered");
  expect(opened().survey.rating.value).toBeNull();
});

it("is one answer for a double press", async () => {
  const { survey } = opened();
  desk.replies["/k/survey"] = () => [200, { survey: "answered", rating: 5 }];
  survey.rate(5);
  await Promise.all([survey.send(), survey.send()]);
  expect(desk.to("/k/survey")).toHaveLength(1);
});

it("says thank you for the answer that was given in another window", async () => {
  const { survey, own } = opened();
  desk.replies["/cases/customer/k"] = () => [200, { survey: "answered", rating: 2 }];
  desk.refuse("/k/survey", 409, "survey_answered");
  survey.rate(5);
  await survey.send();
  await vi.waitFor(() => expect(own.shown.value).toMatchObject({ survey: "answered", rating: 2 }));
  expect(survey.sending.failure.value).toBeNull();
});

it("keeps a comment that is too long, and says so at its field", async () => {
  const { survey } = opened();
  survey.rate(1);
  survey.form.set("comment", "a".repeat(2_001));
  await survey.send();
  expect(survey.form.text("comment")).toBe("Please use 2,000 characters at most.");
  expect(desk.asked).toEqual([]);
});
