/** The cases that the mock begins with, and the conversation behind each that has one. */
import { randomUUID } from "node:crypto";
import type { Case, CaseState, Person } from "../../console/model.ts";
import type { Entry, Participant } from "../../shared/wire.ts";
import { conversations } from "./log.ts";
import { promisedFor } from "./serviceLevels.ts";

export const OTTO: Person = { id: "0198c0de-0000-7000-8000-00000000007a", name: "Otto Ohm" };
export const TINA: Person = { id: "0198c0de-0000-7000-8000-000000000071", name: "Tina Turing" };
export const COMPANY = "0198c0de-0000-7000-8000-0000000000c0";
export const PORTAL = {
  id: "0198c0de-0000-7000-8000-0000000000b0",
  address: "demo.deskbus.example",
};

const PEOPLE = [
  ["Ada", "Byron", "The export stops at page 3 and the last rows are missing"],
  [
    "Jörg-Maximilian",
    "von Hohenlohe-Langenburg",
    "Seit dem Update komme ich nicht mehr in mein Konto",
  ],
  ["Noor", "Faster", "My invoice shows the wrong address"],
  ["María José", "Fernández de la Cruz", "¿Cómo cambio la tarjeta de mi suscripción?"],
  ["Li", "Wei", "<b>Bold?</b> & other <script>alert(1)</script> things I typed"],
  [
    "Wolfeschlegelstein".repeat(27).slice(0, 250),
    "Hausenbergerdorff".repeat(15).slice(0, 250),
    "Long name",
  ],
  [
    "Sam",
    "Okafor",
    "The page https://shop.example.com/cart?item=42 stays white since this morning",
  ],
  ["Zoë", "Lindqvist", "Is there a discount for schools?"],
] as const;

export function seed(size: number): Map<string, Case> {
  const now = Date.now();
  const made = Array.from({ length: size }, (_, index) => makeCase(index, size, now));
  return new Map(made.map((item) => [item.id, item]));
}

/** How a case came to be: `stopped` waiting, page `gone`, a `letter` is a request that never was a chat. */
type Kind = "live" | "pending" | "ended" | "stopped" | "gone" | "letter";

const KINDS: readonly Kind[] = [
  "live",
  "letter",
  "live",
  "pending",
  "stopped",
  "live",
  "live",
  "gone",
];
const LATER: readonly Kind[] = ["ended", "ended", "letter", "ended", "stopped", "ended", "ended"];
const QUESTION =
  "I have to leave now. Could you write to me how the export can be repeated from page 4 on?";
const LETTER =
  "Good evening,\n\nsince Monday the monthly report lacks the last three columns. I have attached nothing, but you can see it under https://shop.example.com/reports/2231.\n\nCould you tell me when this will work again? Our accountants wait for it.";

function stateOf(kind: Kind, index: number): CaseState {
  if (kind === "pending") return "pending";
  if (index < 5) return "unassigned";
  return index % 3 === 0 || index < 8 ? "assigned" : "resolved";
}

/** Some are flagged, urgent, labelled or unanswered, so that there is something to narrow down by. */
function marksOf(index: number, state: CaseState, time: string): Partial<Case> {
  const waits = state === "assigned" && index % 2 === 1 && index < 40;
  return {
    flagged: index % 9 === 4,
    priority: index % 11 === 5 ? "urgent" : index % 7 === 3 ? "high" : "normal",
    labels: index % 4 === 1 ? ["0198c0de-0000-7000-8000-0000000000c1"] : [],
    waiting_since: waits ? time : null,
    unanswered: waits ? 2 : 0,
    followed_up: state === "resolved",
  };
}

function makeCase(index: number, size: number, now: number): Case {
  const [first_name, last_name, preview] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const created = now - (index < 8 ? index * 97_000 + 21_000 : index * 5_400_000);
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  const kind = KINDS[index] ?? LATER[index % LATER.length] ?? "ended";
  const state = stateOf(kind, index);
  const ended = kind === "live" || kind === "pending" ? null : iso(created + 190_000 + index * 700);
  const direct = kind === "letter";
  const requested = kind === "stopped" || kind === "gone" ? ended : direct ? iso(created) : null;
  const asked = kind === "stopped" ? [{ text: QUESTION, time: requested ?? "" }] : [];
  const resolved = state === "resolved" ? iso(created + 400_000 + index * 7_000) : null;
  const item: Case = {
    ...blank(size - index + 1000, iso(created)),
    type: requested ? "request" : "live_chat",
    live: ended === null,
    state,
    assignee: state === "unassigned" || state === "pending" ? null : index % 2 ? TINA : OTTO,
    customer: {
      first_name,
      last_name,
      email: kind === "pending" ? "" : `${index % 40}.customer@example.com`,
    },
    contact_id: kind === "pending" ? null : contactId(index % 40),
    contact_verified: index % 3 === 1,
    preview,
    ...marksOf(index, state, iso(created + 9_000)),
    problem: [
      {
        text: direct ? LETTER : preview,
        time: requested && direct ? requested : iso(created + 9_000),
      },
      ...asked,
    ],
    requested_at: requested,
    ended_at: direct ? null : ended,
    resolved_at: resolved,
    sla: state === "unassigned" || state === "assigned" ? promisedFor(index) : null,
    rating: resolved && index % 2 ? 1 + (index % 5) : null,
    rating_comment:
      resolved && index % 4 === 1
        ? "Quick and friendly. I only wish I had not had to wait that long."
        : "",
  };
  if (!direct) converse(item, created);
  return item;
}

/** Every fortieth case is of the same person. */
function contactId(person: number): string {
  return `0198c0de-0000-7000-8000-${String(person).padStart(12, "0")}`;
}

export function blank(number: number, created_at: string): Case {
  return {
    id: randomUUID(),
    number,
    version: 1,
    state_version: 1,
    type: "live_chat",
    live: true,
    state: "unassigned",
    assignee: null,
    company_id: COMPANY,
    portal: PORTAL,
    customer: { first_name: "", last_name: "", email: "" },
    preview: "",
    problem: [],
    created_at,
    assigned_at: null,
    requested_at: null,
    ended_at: null,
    resolved_at: null,
    rating: null,
    rating_comment: "",
    changed_by: null,
    title: "",
    snoozed_until: null,
    labels: [],
    flagged: false,
    priority: "normal",
    muted: false,
    spam: false,
    customer_at: null,
    waiting_since: null,
    unanswered: 0,
    contact_id: null,
    contact_verified: false,
    followed_up: false,
    updated_at: created_at,
    refers_to: null,
    refers_from: null,
    merged_into: null,
    merged: [],
    sla: null,
  };
}

function converse(item: Case, start: number): void {
  const visitor = { ...item.customer };
  const customer: Participant = {
    kind: "customer",
    id: item.id,
    name: `${visitor.first_name} ${visitor.last_name}`,
  };
  const tech: Participant = {
    kind: "technician",
    id: item.assignee?.id ?? null,
    name: item.assignee?.name ?? "",
  };
  const lines: [Entry["kind"], Participant, Partial<Entry>][] = [
    ["opened", customer, {}],
    ["message", customer, { text: item.preview }],
    ["message", customer, { text: "It happened twice today. I use the newest version." }],
  ];
  if (item.state === "pending" || item.number % 4 === 0) lines.splice(2, 0, ...bot(item));
  const request = item.type === "request";
  if (item.assignee && !request) lines.push(...answers(item, customer, tech));
  const by = !request ? "customer" : item.problem.length > 1 ? "request" : "gone";
  if (item.ended_at) lines.push(["ended", customer, { params: { by } }]);
  const entries = lines.map(([kind, author, more], index) => ({
    id: randomUUID(),
    seq: index + 1,
    time: new Date(start + index * 31_000).toISOString(),
    kind,
    author,
    late: false,
    ...more,
  }));
  const state = item.ended_at ? ("ended" as const) : ("live" as const);
  const opened = new Date(start).toISOString();
  conversations.set(item.id, {
    id: item.id,
    portal: "seeded",
    secret: "",
    visitor,
    state,
    openedAt: opened,
    entries,
    cursors: new Map(),
  });
}

function bot(item: Case): [Entry["kind"], Participant, Partial<Entry>][] {
  const system: Participant = { kind: "system", id: null, name: "" };
  const greeting = "Hello, and welcome to Northwind Cycles. Somebody will be with you in a moment.";
  const asked = (item.state === "pending" ? ["ask_email", "ask_email_why"] : []).map(
    (code): [Entry["kind"], Participant, Partial<Entry>] => ["bot", system, { code }],
  );
  return [["bot", system, { code: "greeting", text: greeting }], ...asked];
}

function answers(
  item: Case,
  customer: Participant,
  tech: Participant,
): [Entry["kind"], Participant, Partial<Entry>][] {
  const params = { technician_id: item.assignee?.id ?? "", name: item.assignee?.name ?? "" };
  return [
    ["activity", tech, { code: "joined", params }],
    ["message", tech, { text: "Hello, thank you for writing. I am looking at it now." }],
    [
      "message",
      tech,
      { text: "Could you send me the number on top of the page?\nIt begins with NW-." },
    ],
    [
      "message",
      customer,
      { text: "Yes: NW-2231. I found it at https://shop.example.com/orders/NW-2231." },
    ],
  ];
}
