/** The technician's REST of the mock: sign in with any password but "wrong" as `tina@`, `otto@`, `one@`, `none@`,
 * `slow@` or `fail@example.com`. Nobody else exists. */
import {
  type Case,
  isIncoming,
  type ListName,
  type Person,
  type Technician,
} from "../../console/model.ts";
import {
  answerLater,
  COMPANY,
  caseOf,
  casesOf,
  change,
  endWith,
  join,
  OTTO,
  PORTAL,
} from "./cases.ts";
import { filterRoutes, narrowedPage } from "./filters.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";
import { append, conversations, tellStaff } from "./log.ts";
import { technicianTokens } from "./socket.ts";

const NAMES: Record<string, Person> = {
  tina: { id: "0198c0de-0000-7000-8000-000000000071", name: "Tina Turing" },
  otto: OTTO,
  one: { id: "0198c0de-0000-7000-8000-000000000072", name: "Una One" },
  none: { id: "0198c0de-0000-7000-8000-000000000073", name: "Nora None" },
  slow: { id: "0198c0de-0000-7000-8000-000000000074", name: "Sloane Slow" },
  fail: { id: "0198c0de-0000-7000-8000-000000000075", name: "Felix Fail" },
};
const technicians = new Map<string, Technician>();

export const consoleRoutes: Route[] = [
  { method: "POST", path: /^\/portal\/session$/, answer: signIn },
  { method: "POST", path: /^\/portal\/session\/renew$/, answer: renew },
  {
    method: "DELETE",
    path: /^\/portal\/session$/,
    answer: () => ({ status: 204, cookie: "mock=; Max-Age=0; Path=/" }),
  },
  { method: "GET", path: /^\/portal\/me$/, answer: me },
  { method: "PUT", path: /^\/portal\/me\/(availability|sound)$/, answer: update },
  { method: "GET", path: /^\/cases\/cases$/, answer: list },
  ...filterRoutes((call) => ({
    cases: visibleTo(nameOf(call)),
    me: NAMES[nameOf(call)]?.id ?? "",
  })),
  {
    method: "GET",
    path: /^\/portal\/technicians$/,
    answer: () => ({ body: { technicians: Object.values(NAMES) } }),
  },
  { method: "GET", path: /^\/cases\/cases\/([^/]+)$/, answer: one },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/(assign|resolve|reopen)$/, answer: act },
  { method: "GET", path: /^\/chat\/conversations\/([^/]+)$/, answer: device },
  {
    method: "DELETE",
    path: /^\/chat\/conversations\/([^/]+)\/messages\/([^/]+)$/,
    answer: deleteMessage,
  },
  { method: "PATCH", path: /^\/portal\/account$/, answer: decide },
  { method: "GET", path: /^\/notify\/cases\/([^/]+)\/alerts$/, answer: alerts },
];

function technicianOf(name: string): Technician | null {
  const person = NAMES[name];
  if (!person) return null;
  const companies = [
    { id: COMPANY, name: "Northwind Cycles", portal: { ...PORTAL, subdomain: "demo" } },
  ];
  const fresh = {
    ...person,
    email: `${name}@example.com`,
    role: name === "tina" ? ("administrator" as const) : ("technician" as const),
    hide_incoming: [...technicians.values()][0]?.hide_incoming ?? true,
    account_name: "Northwind",
    companies,
    available: name !== "otto",
    away: name === "otto" ? { since: ago(42), at: ago(40) } : null,
    sound: true,
  };
  const known = technicians.get(name) ?? fresh;
  technicians.set(name, known);
  technicianTokens.set(`technician:${name}`, { kind: "technician", ...person });
  return known;
}

function session(name: string): Reply {
  const technician = technicianOf(name);
  if (!technician) return refuse(401, "sign_in_failed");
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  const body = { access_token: `technician:${name}`, expires_at, technician };
  return { body, cookie: `mock=${name}; Path=/; HttpOnly; SameSite=Strict` };
}

function signIn({ body }: Call): Reply {
  if (body.password === "wrong") return refuse(401, "sign_in_failed");
  return session(String(body.email).split("@")[0] ?? "");
}

function renew({ cookie }: Call): Reply {
  const name = /mock=(\w+)/.exec(cookie)?.[1];
  return name ? session(name) : refuse(401, "token_invalid");
}

function nameOf({ token }: Call): string {
  return token?.replace("technician:", "") ?? "";
}

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

function me(call: Call): Reply {
  const technician = technicianOf(nameOf(call));
  return technician ? { body: technician } : refuse(401, "token_invalid");
}

function update(call: Call): Reply {
  const before = technicianOf(nameOf(call));
  if (!before) return refuse(401, "token_invalid");
  const chosen = "available" in call.body ? { away: null } : {};
  const technician = { ...before, ...chosen, ...(call.body as Partial<Technician>) };
  technicians.set(nameOf(call), technician);
  const { id, name, available } = technician;
  tellStaff({ t: "technician", id, name, available });
  return { body: technician };
}

async function list(call: Call): Promise<Reply> {
  const name = nameOf(call);
  if (name === "slow") await pause(60_000);
  if (name === "fail") return refuse(503, "unavailable");
  await pause(120);
  const me = NAMES[name]?.id ?? "";
  const all = visibleTo(name).sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  const of = (wanted: ListName) => all.filter((item) => belongs(wanted, item, me));
  const narrowed = narrowedPage(call.query, { cases: all, me });
  const wanted = of((call.query.get("list") ?? "all") as ListName);
  const start = Number(call.query.get("after") ?? 0);
  const end = start + Number(call.query.get("limit") ?? 20);
  const counts = { unassigned: of("unassigned").length, mine: of("mine").length, all: all.length };
  return {
    body: {
      cases: wanted.slice(start, end),
      next: end < wanted.length ? String(end) : null,
      ...narrowed,
      counts,
      incoming: seesIncoming(name),
    },
  };
}

function seesIncoming(name: string): boolean {
  const technician = technicianOf(name);
  return technician !== null && (technician.available || !technician.hide_incoming);
}

function deleteMessage(call: Call): Reply {
  const { token, params } = call;
  const me = technicianTokens.get(token ?? "");
  const conversation = conversations.get(params[0] ?? "");
  const entry = conversation?.entries.find(({ id }) => id === params[1]);
  if (!conversation || !me || entry?.kind !== "message") return refuse(404, "message_unknown");
  if (technicianOf(nameOf(call))?.role !== "administrator" && entry.author.id !== me.id)
    return refuse(403, "deletion_not_allowed");
  const by = me;
  entry.text = "";
  entry.deleted = { by, time: new Date().toISOString() };
  append(conversation, { kind: "deleted", author: by, params: { message_id: entry.id } });
  return { body: { id: entry.id, seq: entry.seq, time: entry.time } };
}

/** For Tina alone, who is the administrator: the choice holds for everybody. */
function decide(call: Call): Reply {
  if (technicianOf(nameOf(call))?.role !== "administrator")
    return refuse(403, "administrators_only");
  const hide_incoming = Boolean(call.body.hide_incoming);
  for (const [name, known] of technicians) technicians.set(name, { ...known, hide_incoming });
  tellStaff({ t: "account", hide_incoming });
  return { body: { name: "Northwind", hide_incoming } };
}

/** Tina rang, Otto was away; after a minute nobody could be told. */
function alerts({ params: [id = ""] }: Call): Reply {
  const began = Date.parse(caseOf(id)?.created_at ?? "");
  if (Number.isNaN(began)) return { body: { alerts: [] } };
  const person = ({ id, name }: Person, told: boolean, reason: string) => ({
    id,
    name,
    told,
    reason,
    mailed: false,
  });
  const { tina, one, none } = NAMES as Record<"tina" | "one" | "none", Person>;
  const decision = (after: number, told: boolean) => ({
    alert: after > 0 ? "waiting_again" : "waiting",
    decided_at: new Date(began + after).toISOString(),
    promise: "",
    because: "",
    considered: [
      person(tina, told, told ? "available" : "not_available"),
      person(OTTO, false, "not_available"),
      person(one, false, "no_access"),
      person(none, false, "not_active"),
    ],
  });
  const late = { ...decision(900_000, true), alert: "sla_breached", promise: "first_response" };
  const mailed = late.considered.map((one) => ({ ...one, mailed: one.told }));
  const alerts = [decision(0, true), decision(60_000, false), { ...late, considered: mailed }];
  return { body: { alerts } };
}

/** What waits is hidden from who does not see it. */
function visibleTo(name: string): Case[] {
  return [...casesOf(name).values()].filter((item) => seesIncoming(name) || !isIncoming(item));
}

function belongs(list: ListName, item: Case, me: string): boolean {
  if (list === "unassigned") return item.state === "unassigned";
  return list === "all" || (item.state !== "resolved" && item.assignee?.id === me);
}

function one(call: Call): Reply {
  const item = visibleTo(nameOf(call)).find(({ id }) => id === call.params[0]);
  return item ? { body: item } : refuse(404, "case_unknown");
}

async function act(call: Call): Promise<Reply> {
  const [id = "", action] = call.params;
  const cases = casesOf(nameOf(call));
  const me = NAMES[nameOf(call)];
  await pause(250);
  let item = cases.get(id);
  if (!item || !me) return refuse(404, "case_unknown");
  if (item.customer.last_name === "Faster" && item.state === "unassigned")
    item = move(cases, item, "assign", OTTO);
  if (item.state_version !== call.body.state_version) {
    return refuse(409, "case_moved_on", { params: { case: item, by: item.changed_by } });
  }
  return { body: move(cases, item, action, me) };
}

function move(cases: Map<string, Case>, item: Case, action: string | undefined, who: Person): Case {
  const more = { state_version: item.state_version + 1, changed_by: who };
  if (action === "resolve") {
    endWith(item);
    answerLater(cases, item.id);
    const latest = cases.get(item.id) ?? item;
    return change(
      cases,
      latest,
      { ...more, state: "resolved", resolved_at: new Date().toISOString() },
      "case.resolved",
    );
  }
  if (action === "assign") join(item, who);
  return change(cases, item, { ...more, state: "assigned", assignee: who }, "case.assigned");
}

async function device({ params: [id] }: Call): Promise<Reply> {
  await pause(300);
  const user_agent =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
  return {
    body: {
      conversation_id: id,
      state: "live",
      device: {
        user_agent,
        language: "de-AT",
        time_zone: "Europe/Vienna",
        screen: "1440 × 900",
        page: "https://shop.example.com/cart",
      },
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
