/** The portal's and chat's REST for a customer, and a technician who answers by herself.
 *
 * `/p/demo` chats and is answered, `/p/quiet` chats and waits for a console, `/p/shop` does so without insisting on an
 * email and offers a request soon, `/p/away` has nobody there, `/p/back` has somebody again after 20 seconds, `/p/closed`
 * is inactive, `/p/broken` fails, `/p/slow` takes its time; every other one is unknown. On `/p/demo` the message
 * "resolve" has the case resolved. */

import { caseOf, casesOf, change, endWith } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";
import {
  append,
  customerOf,
  conversations,
  type MockConversation,
  moveCursor,
  onEntry,
  openConversation,
  tell,
} from "./log.ts";

const VIEWS: Record<string, string> = {
  demo: "chat",
  quiet: "chat",
  shop: "chat",
  slow: "chat",
  away: "request",
  closed: "unavailable",
};
const STARTED = Date.now();
const MAYA = {
  kind: "technician" as const,
  id: "0198c0de-0000-7000-8000-000000000001",
  name: "Maya Lindqvist",
};

export const portalRoutes: Route[] = [
  { method: "GET", path: /^\/portal\/portals\/([^/]+)$/, answer: portal },
  { method: "POST", path: /^\/portal\/portals\/([^/]+)\/admissions$/, answer: admit },
  { method: "POST", path: /^\/portal\/customer\/token$/, answer: token },
  { method: "POST", path: /^\/chat\/conversations$/, answer: redeem },
  { method: "POST", path: /^\/chat\/conversations\/([^/]+)\/end$/, answer: end },
  { method: "POST", path: /^\/chat\/conversations\/([^/]+)\/contact$/, answer: contact },
];

async function portal({ params: [subdomain = ""] }: Call): Promise<Reply> {
  if (subdomain === "broken") return refuse(500, "internal");
  if (subdomain === "slow") await pause(4000);
  const view = viewOf(subdomain);
  if (!view) return refuse(404, "portal_unknown");
  const address = `http://localhost:5173/p/${subdomain}`;
  const state = view === "unavailable" ? "inactive" : "active";
  return {
    body: {
      portal_id: subdomain,
      subdomain,
      address,
      company_name: "Northwind Cycles",
      state,
      view,
      email: subdomain === "shop" ? "optional" : "required",
      survey: true,
      offer_after: subdomain === "shop" ? 15 : 120,
      greeting: "",
    },
  };
}

function viewOf(subdomain: string): string | undefined {
  if (subdomain === "back") return Date.now() - STARTED > 20_000 ? "chat" : "request";
  return VIEWS[subdomain];
}

/** Who was let in, by the id of their conversation or request. */
export const admissions = new Map<string, Pick<MockConversation, "secret" | "visitor">>();

async function admit({ params: [subdomain = ""], body }: Call): Promise<Reply> {
  await pause(500);
  const visitor = {
    first_name: String(body.first_name),
    last_name: String(body.last_name),
    email: String(body.email),
  };
  const wanted = viewOf(subdomain);
  if (wanted === "unavailable" || (wanted === "request" && body.kind !== "request"))
    return refuse(409, "portal_not_taking_chats", { params: { view: wanted } });
  if (visitor.email !== "" && !visitor.email.includes(".")) {
    const fields = [{ field: "email", code: "invalid_email", params: {} }];
    return refuse(422, "invalid_input", { fields });
  }
  const id = String(body.admission_id);
  if (!admissions.has(id)) admissions.set(id, { secret: String(body.secret), visitor });
  if (body.kind !== "request" && !conversations.has(id))
    openConversation({ id, portal: subdomain, secret: String(body.secret), visitor });
  return { status: 201, body: { conversation_id: id, ticket: "mock", ...tokenFor(id) } };
}

function token({ body }: Call): Reply {
  const id = String(body.conversation_id);
  const known = admissions.get(id);
  return known?.secret === body.secret && known
    ? { body: tokenFor(id) }
    : refuse(404, "conversation_unknown");
}

function tokenFor(id: string) {
  return {
    access_token: `customer:${id}`,
    expires_at: new Date(Date.now() + 600_000).toISOString(),
  };
}

function redeem({ token: bearer }: Call): Reply {
  const conversation_id = bearer?.replace("customer:", "") ?? "";
  return { status: 201, body: { conversation_id, state: "live" } };
}

async function end({ params: [id = ""], token: bearer }: Call): Promise<Reply> {
  const conversation = conversations.get(id);
  if (!conversation) return refuse(404, "conversation_unknown");
  await pause(300);
  const by = bearer?.startsWith("customer:") ? "customer" : "technician";
  const author = { kind: "system" as const, id: null, name: "" };
  if (conversation.state === "live")
    append(conversation, { kind: "ended", author, params: { by } });
  return { body: { conversation_id: id, state: "ended" } };
}

async function contact({ params: [id = ""], body }: Call): Promise<Reply> {
  const conversation = conversations.get(id);
  if (!conversation) return refuse(404, "conversation_unknown");
  await pause(400);
  const [client_id, email] = [String(body.client_id), String(body.email)];
  if (email.endsWith("example.org")) {
    const fields = [{ field: "email", code: "invalid_email", params: {} }];
    return refuse(422, "invalid_input", { fields });
  }
  const author = customerOf(conversation);
  const { seq, time } = append(conversation, {
    kind: "contact",
    author,
    client_id,
    params: { email },
  });
  speak(conversation, "email_thanks");
  return { status: 201, body: { id: client_id, seq, time } };
}

// ---- the bot --------------------------------------------------------------------------------------

onEntry.add((conversation, entry) => {
  if (conversation.portal === "seeded" || entry.kind !== "message") return;
  const first = conversation.entries.find(({ kind }) => kind === "message");
  if (first !== entry) return;
  speak(conversation, "greeting");
  if (conversation.visitor.email) return;
  speak(conversation, "ask_email");
  speak(conversation, "ask_email_why");
});

function speak(conversation: MockConversation, code: string): void {
  const author = { kind: "system" as const, id: null, name: "" };
  append(conversation, { kind: "bot", author, code, text: "" });
}

// ---- Maya, who answers on /p/demo ----------------------------------------------------------------

onEntry.add((conversation, entry) => {
  if (conversation.portal !== "demo" || entry.author.kind !== "customer") return;
  if (entry.text === "resolve") resolve(conversation);
  else if (entry.kind === "message") void answerAs(conversation);
});

async function answerAs(conversation: MockConversation): Promise<void> {
  const written =
    conversation.entries.filter(({ author }) => author.kind === "customer").length - 1;
  if (written === 1) {
    await pause(4000);
    const params = { technician_id: MAYA.id, name: MAYA.name };
    append(conversation, { kind: "activity", author: MAYA, code: "joined", params });
  }
  const seen = conversation.entries.at(-1)?.seq ?? 0;
  moveCursor(conversation, MAYA, { delivered: seen });
  await pause(900);
  moveCursor(conversation, MAYA, { read: seen });
  tell(conversation.id, { t: "typing", conversation: conversation.id, who: MAYA, on: true });
  await pause(2500);
  if (conversation.state === "live")
    append(conversation, {
      kind: "message",
      author: MAYA,
      text: REPLIES[(written - 1) % REPLIES.length] ?? "",
    });
}

function resolve(conversation: MockConversation): void {
  const item = caseOf(conversation.id);
  if (!item) return;
  const author = { ...MAYA };
  const params = { technician_id: MAYA.id, name: MAYA.name };
  const resolved = { state: "resolved" as const, resolved_at: new Date().toISOString() };
  change(casesOf("tina"), item, resolved, "case.resolved");
  append(conversation, { kind: "activity", author, code: "resolved", params });
  endWith(item);
}

const REPLIES = [
  "Hello, thanks for writing. I am looking at your order now.",
  "I can see it. The parcel left our warehouse this morning: https://track.example.com/NW-2231.",
  "Is there anything else that I can do for you?",
];

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
