import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../shared/api";
import { setLocale } from "../../shared/i18n";
import type { FreeSubdomain } from "../../shared/generated/rest";
import { check, NameCheck, NEW } from "./portals";

beforeAll(() => setLocale("en"));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const free = (subdomain: string): FreeSubdomain => ({
  subdomain,
  url: `http://desk/p/${subdomain}`,
});

describe("a name while it is typed", () => {
  it("is asked for once, a moment after the last key", async () => {
    const ask = vi.fn(async (name: string) => free(name));
    const name = new NameCheck(ask);
    for (const typed of ["a", "ac", "acme "]) name.typed(typed);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ask.mock.calls).toEqual([["acme"]]);
    expect(name.url.value).toBe("http://desk/p/acme");
  });

  it("is refused in words, and not for want of a connection", async () => {
    let error = new ApiError("subdomain_taken", 409, { subdomain: "demo" });
    const name = new NameCheck(() => Promise.reject(error));
    name.typed("demo");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(name.error.value).toContain("demo");
    error = new ApiError("network", 0);
    name.typed("acme");
    expect(name.error.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(name.error.value).toBeUndefined();
  });

  it("is not judged by the answer to an earlier one", async () => {
    const answers: ((it: FreeSubdomain) => void)[] = [];
    const name = new NameCheck(() => new Promise((resolve) => answers.push(resolve)));
    name.typed("first");
    await vi.advanceTimersByTimeAsync(1_000);
    name.typed("second");
    answers[0]?.(free("first"));
    await vi.advanceTimersByTimeAsync(0);
    expect(name.url.value).toBeNull();
  });
});

describe("a portal that is to be saved", () => {
  it("needs a subdomain, and a name for a company that is new", () => {
    const typed = {
      company: NEW,
      company_name: " ",
      subdomain: "",
      state: "active",
      mail_address: "",
    } as const;
    expect(Object.keys(check(typed))).toEqual(["company_name", "subdomain"]);
    expect(check({ ...typed, company: "c1", subdomain: "acme" })).toEqual({});
  });
});
