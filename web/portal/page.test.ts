import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadDraft } from "../shared/drafts";
import { setLocale } from "../shared/i18n";
import { accessToken, FakeDesk } from "../shared/testing/desk";
import { savedVisit } from "./admission";
import type * as Later from "./later";
import { PortalPage } from "./page";

/** The code of the chat, which may not come. */
const code = vi.hoisted(() => ({ comes: true }));
vi.mock("./later", async (original) => {
  const later = await original<typeof Later>();
  const missing = () =>
    Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  return { ...later, chatPage: () => (code.comes ? later.chatPage() : missing()) };
});

const VISITOR = { first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" };
const PORTAL = { subdomain: "demo", company_name: "Northwind", state: "active", email: "required" };

let desk: FakeDesk;
let pages: PortalPage[];

beforeEach(async () => {
  localStorage.clear();
  pages = [];
  await setLocale("en");
  desk = new FakeDesk();
  desk.install();
  show("chat");
  desk.replies["/admissions"] = () => [
    201,
    { conversation_id: "k", ticket: "t", ...accessToken() },
  ];
  desk.replies["/chat/conversations"] = () => [201, { conversation_id: "k", state: "live" }];
  desk.replies["/cases/requests"] = () => [201, { case_id: "k", number: 1042 }];
  desk.replies["/customer/token"] = () => [200, accessToken("b")];
});

afterEach(() => {
  for (const page of pages) {
    page.chat.value?.close();
    page.sent.value?.close();
  }
  code.comes = true;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function show(view: string, more: object = {}): void {
  desk.replies["/portals/demo"] = () => [200, { ...PORTAL, view, ...more }];
}

async function filled(): Promise<PortalPage> {
  const page = new PortalPage("demo");
  pages.push(page);
  await page.load();
  page.form.values.value = { ...VISITOR, question: "", comment: "" };
  return page;
}

const admissions = () => desk.to("/admissions").map(({ body }) => body);

it("comes by itself once somebody answers, and says until then that nobody does", async () => {
  vi.useFakeTimers();
  desk.refuse("/portals/demo", 503, "unavailable");
  const page = new PortalPage("demo");
  pages.push(page);
  const started = page.start();
  await vi.advanceTimersByTimeAsync(14_000);
  await started;
  const said: (string | undefined)[] = [];
  const stop = page.failure.subscribe((failure) => void said.push(failure?.code));
  await vi.advanceTimersByTimeAsync(16_000);
  show("chat");
  await vi.advanceTimersByTimeAsync(31_000);
  expect(said.at(0)).toBe("unavailable");
  expect(said.at(-1)).toBeUndefined();
  // It did not flicker between two questions.
  expect(said.filter((code) => code === undefined)).toHaveLength(1);
  expect(page.view.value).toBe("chat");
  stop();
});

describe("starting a chat", () => {
  it("is one chat for a double press", async () => {
    const page = await filled();
    await Promise.all([page.submit(), page.submit()]);
    expect(admissions()).toHaveLength(1);
    expect(admissions()[0]).toMatchObject({ kind: "live", ...VISITOR });
    expect(page.chat.value?.visit.conversation_id).toBe("k");
  });

  it("repeats the same admission after a failure, and a new one after a success", async () => {
    const page = await filled();
    desk.refuse("/chat/conversations", 500, "internal");
    await page.submit();
    expect(page.entering.failure.value?.code).toBe("internal");
    expect(savedVisit("demo")).toBeNull();
    desk.replies["/chat/conversations"] = () => [201, {}];
    await page.submit();
    await page.startAgain();
    await page.submit();
    const [first, second, third] = admissions().map(({ admission_id }) => String(admission_id));
    expect(first).toBe(second);
    expect(third).not.toBe(second);
    expect(admissions()[0]?.secret).toMatch(/^[\w-]{43}$/);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("makes a new admission when the old one is spent", async () => {
    const page = await filled();
    const works = desk.replies["/admissions"];
    desk.refuse("/admissions", 409, "admission_taken");
    await page.submit();
    if (works) desk.replies["/admissions"] = works;
    await page.submit();
    const [first, second] = admissions().map(({ admission_id }) => admission_id);
    expect(second).not.toBe(first);
  });

  it("needs no email where the portal does not insist on one", async () => {
    show("chat", { email: "optional" });
    const page = await filled();
    page.form.set("email", "");
    await page.submit();
    expect(admissions()[0]?.email).toBe("");
  });

  it("opens the same conversation after a reload", async () => {
    const page = await filled();
    await page.submit();
    page.chat.value?.close();
    expect(savedVisit("demo")).toMatchObject({ conversation_id: "k", requested: null });
    const again = new PortalPage("demo");
    pages.push(again);
    await again.load();
    expect(again.chat.value?.visit.conversation_id).toBe("k");
  });

  it("admits nobody to a chat whose code does not come, and can be tried again", async () => {
    code.comes = false;
    const page = await filled();
    await page.submit();
    expect([page.entering.failure.value?.code, admissions().length]).toEqual(["network", 0]);
    code.comes = true;
    await page.submit();
    expect([page.chat.value?.visit.conversation_id, admissions().length]).toEqual(["k", 1]);
  });

  it("says so when the code of an open chat does not come, and opens it once it does", async () => {
    const page = await filled();
    await page.submit();
    page.chat.value?.close();
    code.comes = false;
    const again = new PortalPage("demo");
    pages.push(again);
    await again.load();
    expect([again.chat.value, again.failure.value?.code]).toEqual([null, "network"]);
    code.comes = true;
    await again.load();
    expect(again.chat.value?.visit.conversation_id).toBe("k");
  });
});

describe("leaving a request", () => {
  it("follows the portal when everybody left meanwhile, with all that was typed", async () => {
    const page = await filled();
    const params = { view: "request" };
    desk.refuse("/admissions", 409, "portal_not_taking_chats", { params });
    await page.submit();
    expect(page.view.value).toBe("request");
    expect(page.form.values.value).toMatchObject(VISITOR);
    expect(page.entering.failure.value).toBeNull();
  });

  it("is not sent without a question, nor without an email wherever the portal is lenient", async () => {
    show("request", { email: "optional" });
    const page = await filled();
    page.form.set("email", "");
    await page.submit();
    expect(desk.to("/admissions")).toHaveLength(0);
    expect(Object.keys(page.form.problems.value)).toEqual(["email", "question"]);
  });

  it("is one request for a double press, and is confirmed with its number after a reload too", async () => {
    show("request");
    const page = await filled();
    page.form.set("question", " Where is my parcel? ");
    await Promise.all([page.submit(), page.submit()]);
    expect(admissions()).toMatchObject([{ kind: "request" }]);
    const [asked, ...more] = desk.to("/cases/requests");
    expect(more).toEqual([]);
    expect(asked?.body).toMatchObject({ ticket: "t", question: "Where is my parcel?" });
    expect(page.sent.value?.number).toBe(1042);
    expect(savedVisit("demo")).toMatchObject({ requested: 1042, email: "ada@example.com" });
    expect(new PortalPage("demo").form.values.value.question).toBe("");
  });

  it("keeps the question after a failure, and over a reload", async () => {
    show("request");
    const page = await filled();
    page.form.set("question", "Where is my parcel?");
    desk.refuse("/cases/requests", 500, "internal");
    await page.submit();
    expect(page.sent.value).toBeNull();
    expect(new PortalPage("demo").form.values.value.question).toBe("Where is my parcel?");
  });

  it("never uses the admission of a chat that did not start", async () => {
    const page = await filled();
    desk.refuse("/chat/conversations", 500, "internal");
    await page.submit();
    show("request");
    await page.load();
    page.form.set("question", "Where is my parcel?");
    await page.submit();
    const [live, request] = admissions();
    expect(request?.admission_id).not.toBe(live?.admission_id);
  });

  it("offers the chat to whoever is writing when somebody is back, and takes the question along", async () => {
    show("request");
    const page = await filled();
    show("chat");
    await page.load();
    expect(page.view.value).toBe("chat");
    page.form.set("question", "Where is my parcel?");
    expect([page.view.value, page.offersChat.value]).toEqual(["request", true]);
    page.chooseChat();
    await page.submit();
    expect(loadDraft("k")).toBe("Where is my parcel?");
  });
});

it("looks at the portal again and again while it shows a form", async () => {
  vi.useFakeTimers();
  const page = new PortalPage("demo");
  await page.start();
  show("unavailable");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(page.view.value).toBe("unavailable");
  show("chat");
  await vi.advanceTimersByTimeAsync(15_000);
  expect(page.view.value).toBe("chat");
});

it("says which portal is not there", async () => {
  desk.refuse("/portals/demo", 404, "portal_unknown");
  const page = new PortalPage("demo");
  await page.load();
  expect(page.failure.value?.code).toBe("portal_unknown");
});
