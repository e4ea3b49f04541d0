import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError, request } from "./api";
import { tokens } from "./testing/fakes";
import { TokenSource } from "./token";

const fetched = vi.fn<typeof fetch>();

function answers(...replies: (Response | Error)[]): void {
  for (const reply of replies)
    if (reply instanceof Error) fetched.mockRejectedValueOnce(reply);
    else fetched.mockResolvedValueOnce(reply);
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const away = () => json(503, { error: { code: "unavailable" } });

async function settled<T>(work: Promise<T>): Promise<T> {
  const caught = work.catch((error: unknown) => ({ error }));
  await vi.advanceTimersByTimeAsync(20_000);
  const result = await caught;
  if (typeof result === "object" && result && "error" in result) throw result.error;
  return result;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => {
  fetched.mockReset();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("asks again while the server is away, where that is safe", async () => {
  answers(new TypeError("no network"), away(), json(200, { ok: true }));
  expect(await settled(request("/x"))).toEqual({ ok: true });
  expect(fetched).toHaveBeenCalledTimes(3);
});

it("gives up after four tries", async () => {
  answers(away(), away(), away(), away(), json(200, {}));
  await expect(settled(request("/x"))).rejects.toMatchObject({ code: "unavailable", status: 503 });
  expect(fetched).toHaveBeenCalledTimes(4);
});

it("never repeats by itself what is not idempotent, nor what was refused", async () => {
  answers(away());
  await expect(settled(request("/x", { method: "POST", body: {} }))).rejects.toThrow(ApiError);
  answers(json(422, { error: { code: "invalid_input", fields: [{ field: "email", code: "x" }] } }));
  const refused = request("/x", { method: "POST", body: {}, idempotent: true });
  await expect(settled(refused)).rejects.toMatchObject({ fields: [{ field: "email" }] });
  expect(fetched).toHaveBeenCalledTimes(2);
});

it("says that an answer without our body is the gateway's", async () => {
  answers(new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(settled(request("/x", { method: "POST" }))).rejects.toMatchObject({
    code: "unavailable",
  });
});

it("takes one fresh token when the present one was refused", async () => {
  answers(json(401, { error: { code: "token_expired" } }), json(200, "done"));
  expect(await settled(request("/x", { token: tokens() }))).toBe("done");
  const sent = fetched.mock.calls.map(([, init]) =>
    new Headers(init?.headers).get("authorization"),
  );
  expect(sent).toEqual(["Bearer token-1", "Bearer token-2"]);
});

it("renews a token once for all who ask, shortly before its end", async () => {
  const renew = vi.fn(async () => ({
    access_token: "fresh",
    expires_at: new Date(Date.now() + 600_000).toISOString(),
  }));
  const soon = { access_token: "old", expires_at: new Date(Date.now() + 90_000).toISOString() };
  const source = new TokenSource(renew, soon);
  expect(await source.get()).toBe("old");
  vi.setSystemTime(Date.now() + 40_000);
  expect(await Promise.all([source.get(), source.get()])).toEqual(["fresh", "fresh"]);
  expect(renew).toHaveBeenCalledTimes(1);
});
