import { beforeEach, describe, expect, it } from "vitest";
import { setLocale } from "../shared/i18n";
import { Form, problemOf } from "./form";

const NAMES = { first_name: "required", last_name: "required", email: "required" } as const;

beforeEach(() => setLocale("en"));

function emptyForm(): Form {
  return new Form({}, () => undefined);
}

describe("a form", () => {
  it.each([
    ["first_name", "  ", "required"],
    ["first_name", "a".repeat(101), "too_long"],
    ["last_name", "a\u0007b", "control_characters"],
    ["email", "ada@", "invalid_email"],
    ["email", "ada@example", "invalid_email"],
    ["email", "a b@example.com", "invalid_email"],
    ["email", " ada@bücher.example ", undefined],
    ["first_name", "😀".repeat(100), undefined],
    ["question", "two\nlines\tand a tab", undefined],
    ["question", "a".repeat(10_001), "too_long"],
    ["question", "a\u0007b", "control_characters"],
    ["comment", "a".repeat(2_001), "too_long"],
  ] as const)("finds in %s %j: %s", (field, value, code) => {
    expect(problemOf(field, value)?.code).toBe(code);
  });

  it("marks on submission, and takes a mark back while it is corrected", () => {
    const form = emptyForm();
    form.set("email", "ada@");
    expect(form.text("email")).toBeUndefined();
    expect(form.check(NAMES)).toBeNull();
    expect(form.firstProblem()).toBe("first_name");
    form.set("email", "ada@example.com");
    expect(form.text("email")).toBeUndefined();
    expect(form.text("last_name")).toBe("Please fill this in.");
  });

  it("lets an optional field be empty, but not wrong", () => {
    const form = emptyForm();
    expect(form.check({ email: "optional" })).toMatchObject({ email: "" });
    form.set("email", "ada@");
    expect(form.check({ email: "optional" })).toBeNull();
  });

  it("gives what the server refused to its field, in the viewer's words", () => {
    const form = emptyForm();
    form.set("email", "ada@example.com");
    form.check({ email: "required" });
    expect(form.refuse([{ field: "email", code: "too_long", params: { max: 254 } }])).toBe(true);
    expect(form.text("email")).toBe("Please use 254 characters at most.");
    expect(form.refuse([{ field: "question", code: "required", params: {} }])).toBe(false);
  });
});
