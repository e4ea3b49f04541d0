/** The cases of the mock: one set for every kind of sign-in, with the conversation behind each.
 *
 * `tina@example.com` and `otto@example.com` share hundreds, `one@example.com` has one, `none@example.com` has none;
 * `slow@example.com` waits long for everything. Assigning a case of a customer called Faster always loses to Otto. */
import { randomUUID } from "node:crypto";
import type { Case, CaseState, Person } from "../../console/model.ts";
import type { Entry, Participant } from "../../shared/wire.ts";
import { append, conversations, type MockConversation, onEntry, tellStaff } from "./log.ts";

export const OTTO: Person = { id: "0198c0de-0000-7000-8000-00000000007a", name: "Otto Ohm" };
export const COMPANY = "0198c0de-0000-7000-8000-0000000000c0";
export const PORTAL = {
  id: "0198c0de-0000-7000-8000-0000000000b0",
  address: "demo.deskbus.example",
};

const SIZES: Record<string, number> = { tina: 240, otto: 240, slow: 12, one: 1, none: 0 };
const sets = new Map<string, Map<string, Case>>();

export function casesOf(name: string): Map<string, Case> {
  const set = name === "otto" ? "tina" : name;
  const cases = sets.get(set) ?? seed(SIZES[set] ?? 0);
  sets.set(set, cases);
  return cases;
}

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

function seed(size: number): Map<string, Case> {
  const now = Date.now();
  const made = Array.from({ length: size }, (_, index) => makeCase(index, size, now));
  return new Map(made.map((item) => [item.id, item]));
}

function makeCase(index: number, size: number, now: number): Case {
  const [first_name, last_name, preview] = PEOPLE[index % PEOPLE.length] ?? PEOPLE[0];
  const created = now - (index < 8 ? index * 97_000 + 21_000 : index * 5_400_000);
  const state: CaseState =
    index < 5 ? "unassigned" : index % 3 === 0 || index < 8 ? "assigned" : "resolved";
  const live = index < 7;
  const iso = (milliseconds: number) => new Date(milliseconds).toISOString();
  const item: Case = {
    ...blank(size - index + 1000, iso(created)),
    live,
    state,
    assignee: state === "unassigned" ? null : index % 2 ? TINA : OTTO,
    customer: { first_name, last_name, email: `${index}.customer@example.com` },
    preview,
    problem: [{ text: preview, time: iso(created + 9_000) }],
    ended_at: live ? null : iso(created + 340_000 + index * 7_000),
  };
  converse(item, created);
  return item;
}

const TINA: Person = { id: "0198c0de-0000-7000-8000-000000000071", name: "Tina Turing" };

function blank(number: number, created_at: string): Case {
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
    ended_at: null,
    resolved_at: null,
    changed_by: null,
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
  if (item.assignee) lines.push(...answers(item, customer, tech));
  if (item.ended_at) lines.push(["ended", customer, { params: { by: "customer" } }]);
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

export function change(
  cases: Map<string, Case>,
  item: Case,
  more: Partial<Case>,
  event: string,
): Case {
  const changed = { ...item, ...more, version: item.version + 1 };
  cases.set(item.id, changed);
  tellStaff({ t: "case", event, case: changed });
  return changed;
}

/** A chat begun on the mock's portal page becomes a case of Tina's. */
onEntry.add((conversation, entry) => {
  if (conversation.portal === "seeded") {
    noteEnd(conversation, entry);
    return;
  }
  const cases = casesOf("tina");
  const item = cases.get(conversation.id);
  if (!item && entry.kind === "opened") arrive(cases, conversation);
  else if (item && entry.kind === "message" && entry.author.kind === "customer") {
    const problem = [...item.problem, { text: entry.text ?? "", time: entry.time }];
    change(cases, item, { problem, preview: problem[0]?.text ?? "" }, "case.problem_changed");
  } else noteEnd(conversation, entry);
});

function arrive(cases: Map<string, Case>, conversation: MockConversation): void {
  const item = {
    ...blank(1001 + cases.size, conversation.openedAt),
    id: conversation.id,
    customer: conversation.visitor,
  };
  cases.set(item.id, item);
  tellStaff({ t: "case", event: "case.opened", case: item });
  tellStaff({ t: "alert", kind: "waiting", case_id: item.id, number: item.number });
}

function noteEnd(conversation: MockConversation, entry: Entry): void {
  if (entry.kind !== "ended") return;
  for (const cases of sets.values()) {
    const item = cases.get(conversation.id);
    if (item?.live) change(cases, item, { live: false, ended_at: entry.time }, "case.chat_ended");
  }
}

export function join(item: Case, who: Person): void {
  const conversation = conversations.get(item.id);
  const author = { kind: "technician" as const, ...who };
  const params = { technician_id: who.id, name: who.name };
  if (conversation?.state === "live")
    append(conversation, { kind: "activity", author, code: "joined", params });
}

export function endWith(item: Case): void {
  const conversation = conversations.get(item.id);
  const author = { kind: "system" as const, id: null, name: "" };
  if (conversation?.state === "live")
    append(conversation, { kind: "ended", author, params: { by: "resolved" } });
}
