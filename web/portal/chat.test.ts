import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadDraft, saveDraft } from "../shared/drafts";
import { setLocale } from "../shared/i18n";
import { accessToken, FakeDesk } from "../shared/testing/desk";
import { CUSTOMER, entriesFrame, message, TECHNICIAN } from "../shared/testing/fakes";
import type { ConversationFrame, Entry } from "../shared/wire";
import { tokensOf } from "./backend";
import { Chat } from "./chat";

const VISIT = { conversation_id: "k", secret: "s", first_name: "Ada", email: "", requested: null };
const BOT = { kind: "system" as const, id: null, name: "" };
const ASKED = message(1, CUSTOMER, { text: "Hello" });
const ASK_EMAIL = message(2, BOT, { kind: "bot", code: "ask_email" });
const JOINED = message(8, TECHNICIAN, {
  kind: "activity",
  code: "joined",
  params: { name: "Maya Lindqvist" },
});
const ENDED = (by: string) => message(9, BOT, { kind: "ended", params: { by } });

let desk: FakeDesk;
let chat: Chat;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(ASKED.time) });
  localStorage.clear();
  await setLocale("en");
  desk = new FakeDesk();
  desk.install();
  desk.replies["/customer/token"] = () => [200, accessToken()];
  chat = opened();
});

afterEach(() => {
  chat.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(email = ""): Chat {
  const visit = { ...VISIT, email };
  const made = new Chat(visit, tokensOf(visit, accessToken()), signal(120));
  made.open();
  return made;
}

function log(...entries: Entry[]): void {
  const state = entries.some(({ kind }) => kind === "ended") ? "ended" : "live";
  chat.conversation.receive(entriesFrame(entries, { state }) as ConversationFrame);
}

function own(more: object = {}): void {
  const shown = { case_id: "k", number: 1042, state: "assigned", survey: "closed", rating: null };
  desk.replies["/cases/customer/k"] = () => [200, { ...shown, ...more }];
}

async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe("the wait", () => {
  it("offers a request after the portal's time, once", async () => {
    log(ASKED);
    const offers: boolean[] = [];
    const stop = chat.offers.subscribe((value) => offers.push(value));
    await vi.advanceTimersByTimeAsync(119_000);
    expect(offers).toEqual([false]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(offers).toEqual([false, true]);
    chat.leaving.decline();
    stop();
    chat.close();
    chat = opened();
    log(ASKED);
    expect(chat.offers.value).toBe(false);
  });

  it("goes on in the chat when somebody comes while the question is written", () => {
    log(ASKED);
    chat.leaving.begin();
    chat.leaving.form.set("question", "Never mind, but");
    log(ASKED, JOINED);
    expect(chat.phase.value).toBe("talking");
    expect(chat.leaving.open.value).toBe(false);
    expect(loadDraft("k")).toBe("Never mind, but");
  });

  it("is given up once, with what stood in the composer, and confirmed at once", async () => {
    log(ASKED);
    saveDraft("k", "Please write to me");
    desk.replies["/cases/k/request"] = () => [200, { case_id: "k", number: 1042 }];
    chat.leaving.begin();
    chat.leaving.form.set("email", "ada@example.com");
    const fields = { question: "required", email: "required" } as const;
    await Promise.all([chat.leaving.send(fields), chat.leaving.send(fields)]);
    expect(desk.to("/cases/k/request").map(({ body }) => body)).toEqual([
      { question: "Please write to me", email: "ada@example.com" },
    ]);
    expect([chat.phase.value, chat.became.value, chat.number.value]).toEqual([
      "over",
      "request",
      1042,
    ]);
    expect(chat.email.value).toBe("ada@example.com");
    expect(loadDraft("k")).toBe("");
  });

  it("is still being given up after a reload", () => {
    log(ASKED);
    chat.leaving.begin();
    chat.leaving.form.set("question", "Please write");
    chat.close();
    chat = opened();
    expect(chat.leaving.open.value).toBe(true);
    expect(chat.leaving.form.values.value.question).toBe("Please write");
  });

  it("is not given up when somebody was faster", async () => {
    log(ASKED);
    desk.refuse("/cases/k/request", 409, "case_moved_on");
    chat.leaving.begin();
    chat.leaving.form.set("question", "Please write");
    await chat.leaving.send({ question: "required" });
    expect(chat.leaving.sent.value).toBeNull();
    expect(chat.leaving.open.value).toBe(false);
    expect(loadDraft("k")).toBe("Please write");
  });
});

describe("the bot", () => {
  it("asks nobody whose address is known", () => {
    log(ASKED, ASK_EMAIL);
    expect(chat.asksEmail.value).toBe(true);
    log(message(3, CUSTOMER, { kind: "contact", params: { email: "ada@example.com" } }));
    expect([chat.asksEmail.value, chat.email.value]).toEqual([false, "ada@example.com"]);
    chat.close();
    chat = opened("ada@example.com");
    log(ASKED, ASK_EMAIL);
    expect(chat.asksEmail.value).toBe(false);
  });

  it("takes the same address again as the same answer, a corrected one as another", async () => {
    desk.refuse("/k/contact", 500, "internal");
    chat.contact.form.set("email", "ada@example.com");
    await chat.contact.give();
    await chat.contact.give();
    chat.contact.form.set("email", "ada@example.net");
    await chat.contact.give();
    const ids = desk.to("/k/contact").map(({ body }) => body.client_id);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it("takes an address in the composer for the answer while it asks, and never else", async () => {
    log(ASKED);
    chat.say("ada@example.com");
    expect(chat.conversation.unsent.value).toHaveLength(1);
    log(ASKED, ASK_EMAIL);
    desk.replies["/k/contact"] = () => [201, {}];
    chat.say("ada@example.com");
    await settle();
    expect(desk.to("/k/contact")[0]?.body.email).toBe("ada@example.com");
    chat.say("My address is ada@example.com");
    expect(chat.conversation.unsent.value).toHaveLength(2);
  });
});

describe("the end", () => {
  it("knows by the log how a chat became a request, and asks for its number", async () => {
    own();
    log(ASKED, ENDED("gone"));
    await settle();
    expect([chat.became.value, chat.number.value]).toEqual(["gone", 1042]);
  });

  it("asks again while the case is not known yet", async () => {
    desk.refuse("/cases/customer/k", 404, "case_unknown");
    log(ASKED, ENDED("customer"));
    await settle();
    own();
    await vi.advanceTimersByTimeAsync(300);
    expect(chat.number.value).toBe(1042);
  });

  it("shows the survey when a chat that was over is resolved", async () => {
    own();
    log(ASKED, JOINED, ENDED("customer"));
    await settle();
    own({ state: "resolved", survey: "open" });
    log(message(12, TECHNICIAN, { kind: "activity", code: "resolved" }), ENDED("customer"));
    await settle();
    expect(chat.own.shown.value?.survey).toBe("open");
  });
});
