import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../shared/i18n";
import { savedVisit } from "./admission";
import { ChatForm, FIELDS, problemOf } from "./form";
import { PortalPage } from "./page";

const VISITOR = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" };
const PORTAL = { subdomain: "demo", company_name: "Northwind", state: "active", view: "chat" };

interface Asked {
  path: string;
  body: Record<string, string>;
}

let asked: Asked[];
let replies: Record<string, () => [number, unknown]>;

const reach = vi.fn<typeof fetch>(async (input, init) => {
  const path = input as string;
  asked.push({
    path,
    body: JSON.parse((init?.body as string | undefined) ?? "{}") as Asked["body"],
  });
  const found = Object.entries(replies).find(([end]) => path.endsWith(end));
  const [status, body] = found?.[1]() ?? [404, { error: { code: "not_found" } }];
  return new Response(JSON.stringify(body), { status });
});

const admissions = () => asked.filter(({ path }) => path.endsWith("/admissions"));

/** Connects to nothing: what the page shows before the first answer is not these tests' matter. */
class SilentSocket extends EventTarget {
  readyState = 0;
  send(): void {}
  close(): void {}
}

beforeEach(async () => {
  localStorage.clear();
  await setLocale("en");
  asked = [];
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  replies = {
    "/portals/demo": () => [200, PORTAL],
    "/admissions": () => [
      201,
      { conversation_id: "k", ticket: "t", access_token: "a", expires_at },
    ],
    "/chat/conversations": () => [201, { conversation_id: "k", state: "live" }],
    "/customer/token": () => [200, { access_token: "b", expires_at }],
  };
  vi.stubGlobal("fetch", reach);
  vi.stubGlobal("WebSocket", SilentSocket);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function filled(): Promise<PortalPage> {
  const page = new PortalPage("demo");
  await page.load();
  page.form.values.value = VISITOR;
  return page;
}

describe("the form", () => {
  it.each([
    ["first_name", "  ", "required"],
    ["first_name", "a".repeat(101), "too_long"],
    ["last_name", "a\u0007b", "control_characters"],
    ["email", "ada@", "invalid_email"],
    ["email", "ada@example", "invalid_email"],
    ["email", "a b@example.com", "invalid_email"],
    ["email", " ada@bücher.example ", undefined],
    ["first_name", "😀".repeat(100), undefined],
  ] as const)("finds in %s %j: %s", (field, value, code) => {
    expect(problemOf(field, value)?.code).toBe(code);
  });

  it("marks on submission, and takes a mark back while it is corrected", () => {
    const form = new ChatForm("demo");
    form.set("email", "ada@");
    expect(form.text("email")).toBeUndefined();
    expect(form.check()).toBeNull();
    expect(form.text("first_name")).toBe("Please fill this in.");
    form.set("email", "ada@example.com");
    expect(form.text("email")).toBeUndefined();
    expect(form.text("last_name")).toBeDefined();
  });

  it("gives what the server refused to its field, in the viewer's words", () => {
    const form = new ChatForm("demo");
    expect(form.refuse([{ field: "email", code: "too_long", params: { max: 254 } }])).toBe(true);
    expect(form.text("email")).toBe("Please use 254 characters at most.");
    expect(form.refuse([{ field: "locale", code: "invalid", params: {} }])).toBe(false);
  });
});

describe("what was typed", () => {
  function typed(page: PortalPage): void {
    for (const field of FIELDS) page.form.set(field, VISITOR[field]);
  }

  const afterReload = (subdomain = "demo") => new PortalPage(subdomain).form.values.value;

  it("is there again after a reload, at the same portal", () => {
    typed(new PortalPage("demo"));
    expect(afterReload()).toEqual(VISITOR);
    expect(afterReload("other")).toEqual({ first_name: "", last_name: "", email: "" });
  });

  it("is kept when the chat could not start, and until it did", async () => {
    const page = new PortalPage("demo");
    typed(page);
    const works = replies["/admissions"];
    replies["/admissions"] = () => [500, { error: { code: "internal" } }];
    await page.submit();
    expect(afterReload()).toEqual(VISITOR);
    if (works) replies["/admissions"] = works;
    await page.submit();
    expect(afterReload().email).toBe("");
    expect(page.form.values.value).toEqual(VISITOR);
    page.chat.value?.close();
  });

  it("is not believed to be what it should be", () => {
    localStorage.setItem("deskbus.visitor.demo", '"Ada"');
    expect(afterReload()).toEqual({ first_name: "", last_name: "", email: "" });
  });
});

describe("starting a chat", () => {
  it("is one chat for a double press", async () => {
    const page = await filled();
    await Promise.all([page.submit(), page.submit()]);
    expect(admissions()).toHaveLength(1);
    expect(page.chat.value?.visit.conversation_id).toBe("k");
    page.chat.value?.close();
  });

  it("repeats the same admission after a failure, and a new one after a success", async () => {
    const page = await filled();
    replies["/chat/conversations"] = () => [500, { error: { code: "internal" } }];
    await page.submit();
    expect(page.refusal.value?.code).toBe("internal");
    expect(savedVisit("demo")).toBeNull();
    replies["/chat/conversations"] = () => [201, {}];
    await page.submit();
    await page.startAgain();
    await page.submit();
    const [first, second, third] = admissions().map(({ body }) => body.admission_id);
    expect(first).toBe(second);
    expect(third).not.toBe(second);
    expect(admissions()[0]?.body.secret).toMatch(/^[\w-]{43}$/);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    page.chat.value?.close();
  });

  it("makes a new admission when the old one is spent", async () => {
    const page = await filled();
    const works = replies["/admissions"];
    replies["/admissions"] = () => [409, { error: { code: "admission_taken" } }];
    await page.submit();
    if (works) replies["/admissions"] = works;
    await page.submit();
    const [first, second] = admissions().map(({ body }) => body.admission_id);
    expect(second).not.toBe(first);
    page.chat.value?.close();
  });

  it("shows what the portal offers now when everybody left meanwhile", async () => {
    const page = await filled();
    replies["/admissions"] = () => [
      409,
      { error: { code: "portal_not_taking_chats", params: { view: "request" } } },
    ];
    await page.submit();
    expect(page.portal.value?.view).toBe("request");
    expect(page.form.values.value).toEqual(VISITOR);
  });

  it("opens the same conversation after a reload", async () => {
    const page = await filled();
    await page.submit();
    page.chat.value?.close();
    expect(savedVisit("demo")).toMatchObject({ conversation_id: "k", first_name: "Ada" });
  });
});

it("says which portal is not there", async () => {
  replies["/portals/demo"] = () => [404, { error: { code: "portal_unknown" } }];
  const page = new PortalPage("demo");
  await page.load();
  expect(page.failure.value?.code).toBe("portal_unknown");
});
