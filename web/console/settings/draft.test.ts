import { beforeAll, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../shared/api";
import { setLocale } from "../../shared/i18n";
import { Draft } from "./draft";

const required = { code: "required", params: {} };
const make = () =>
  new Draft({ name: "", colour: "red" }, ({ name }) => (name ? {} : { name: required }));

beforeAll(() => setLocale("en"));

describe("a form of the settings", () => {
  it("sends nothing that is to be corrected, and marks it until it is", async () => {
    const draft = make();
    const work = vi.fn();
    expect(await draft.save(work)).toBe(false);
    expect(work).not.toHaveBeenCalled();
    expect(draft.error("name")).toBe("Please fill this in.");
    draft.set("name", "Billing");
    expect(draft.error("name")).toBeUndefined();
  });

  it("knows whether there is something to save, and that it was saved", async () => {
    const draft = make();
    draft.set("name", "Billing");
    expect(draft.dirty.value).toBe(true);
    expect(await draft.save(async () => undefined)).toBe(true);
    expect([draft.dirty.value, draft.saved.value]).toEqual([false, true]);
    draft.set("colour", "green");
    expect([draft.dirty.value, draft.saved.value]).toEqual([true, false]);
  });

  it("shows at the field what the server says about it, and everything else above the form", async () => {
    const draft = make();
    draft.set("name", "x".repeat(99));
    const long = { field: "name", code: "too_long", params: { max: 60 } };
    await draft.save(() => Promise.reject(new ApiError("invalid_input", 422, {}, [long])));
    expect(draft.error("name")).toBe("Please use 60 characters at most.");
    expect(draft.failure.value).toBeNull();
    await draft.save(() => Promise.reject(new ApiError("unavailable", 503)));
    expect(draft.failure.value?.code).toBe("unavailable");
    expect(draft.error("name")).toBeUndefined();
    expect(draft.dirty.value).toBe(true);
  });
});
