import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { accessToken, FakeDesk } from "../shared/testing/desk";
import { tokensOf } from "./backend";
import { Copies } from "./copies";

let desk: FakeDesk;
let copies: Copies;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  desk = new FakeDesk();
  desk.install();
  desk.replies["/k/mails"] = () => [202, { mail_id: "m" }];
  copies = opened();
});

afterEach(() => {
  copies.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): Copies {
  const tokens = tokensOf({ conversation_id: "k", secret: "s" }, accessToken());
  return new Copies("k", () => 9, tokens);
}

function reloaded(): Copies {
  copies.stop();
  return opened();
}

function mailIs(state: string): void {
  desk.replies["/mails/m"] = () => [200, { mail_id: "m", state, reason: "" }];
}

const requestIds = () => desk.to("/k/mails").map(({ body }) => body.request_id);

it("says that a transcript is sent only once the mail server has accepted it", async () => {
  desk.refuse("/mails/m", 404, "mail_unknown");
  await copies.request();
  expect(copies.progress.value?.state).toBe("requested");
  for (const state of ["sending", "waiting", "accepted"]) {
    mailIs(state);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(copies.progress.value?.state).toBe(state);
  }
  const looks = desk.to("/mails/m").length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(desk.to("/mails/m")).toHaveLength(looks);
  expect(desk.to("/k/mails")[0]?.body).toMatchObject({ to: "customer", through: 9 });
});

it("is one mail for a double press", async () => {
  mailIs("accepted");
  await Promise.all([copies.request(), copies.request()]);
  expect(requestIds()).toHaveLength(1);
});

it("follows the mail after a reload, and asks for another only when it is settled", async () => {
  mailIs("failed");
  await copies.request();
  copies = reloaded();
  await vi.advanceTimersByTimeAsync(0);
  expect(copies.progress.value?.state).toBe("failed");
  await copies.request();
  const [first, second] = requestIds();
  expect(second).not.toBe(first);
});

it("asks for the same mail when the first press may have come through", async () => {
  desk.refuse("/k/mails", 503, "unavailable");
  const press = copies.request();
  await vi.advanceTimersByTimeAsync(60_000);
  await press;
  expect(copies.asking.failure.value?.code).toBe("unavailable");
  mailIs("accepted");
  desk.replies["/k/mails"] = () => [202, { mail_id: "m" }];
  copies = reloaded();
  await copies.request();
  expect(new Set(requestIds()).size).toBe(1);
});

it("says why it is refused", async () => {
  desk.refuse("/k/mails", 429, "too_many_transcripts");
  await copies.request();
  expect(copies.asking.failure.value?.code).toBe("too_many_transcripts");
  expect(copies.progress.value).toBeNull();
});

it("says why there is nothing to download", async () => {
  desk.refuse("/conversations/k.pdf", 409, "transcript_empty");
  await copies.save("pdf");
  expect(copies.saving.failure.value?.code).toBe("transcript_empty");
  expect(copies.form.value).toBeNull();
});
