/** The cases of the mock: one set for every kind of sign-in.
 *
 * `tina@example.com` and `otto@example.com` share hundreds, `one@example.com` has one, `none@example.com` has none;
 * `slow@example.com` waits long for everything. Assigning a case of a customer called Faster always loses to Otto. */
import type { Case, Person } from "../../console/model.ts";
import type { Entry } from "../../shared/wire.ts";
import { append, conversations, type MockConversation, onEntry, tellStaff } from "./log.ts";
import { blank, seed } from "./seeds.ts";

export { COMPANY, OTTO, PORTAL, TINA } from "./seeds.ts";

/** `MOCK_CASES=10000` for a desk with long lists. */
const MANY = Number(process.env.MOCK_CASES ?? 240);
const SIZES: Record<string, number> = { tina: MANY, otto: MANY, slow: 12, one: 1, none: 0 };
const sets = new Map<string, Map<string, Case>>();

export function casesOf(name: string): Map<string, Case> {
  const set = name === "otto" ? "tina" : name;
  const cases = sets.get(set) ?? seed(SIZES[set] ?? 0);
  sets.set(set, cases);
  return cases;
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
  } else if (item && entry.kind === "contact") {
    becomeReady(cases, item, String(entry.params?.email));
  } else noteEnd(conversation, entry);
});

function arrive(cases: Map<string, Case>, conversation: MockConversation): void {
  const item: Case = {
    ...blank(1001 + cases.size, conversation.openedAt),
    id: conversation.id,
    state: conversation.visitor.email ? "unassigned" : "pending",
    customer: conversation.visitor,
  };
  cases.set(item.id, item);
  tellStaff({ t: "case", event: "case.opened", case: item });
  if (item.state === "unassigned") ring(item);
}

function ring({ id, number }: Case): void {
  tellStaff({ t: "alert", kind: "waiting", case_id: id, number });
}

/** The customer told the bot an address: a pending case waits for everybody now. */
function becomeReady(cases: Map<string, Case>, item: Case, email: string): void {
  const customer = { ...item.customer, email };
  if (item.state !== "pending") {
    change(cases, item, { customer }, "case.contact_changed");
    return;
  }
  const turn = { state: "unassigned" as const, state_version: item.state_version + 1 };
  ring(change(cases, item, { customer, ...turn }, "case.ready"));
}

/** A question from the form becomes a case that never was a chat. */
export function receiveLetter(id: string, customer: Case["customer"], question: string): Case {
  const cases = casesOf("tina");
  const known = cases.get(id);
  if (known) return known;
  const time = new Date().toISOString();
  const item: Case = {
    ...blank(1001 + cases.size, time),
    ...{ id, customer, type: "request", live: false, requested_at: time, preview: question },
    problem: [{ text: question, time }],
  };
  cases.set(id, item);
  tellStaff({ t: "case", event: "case.opened", case: item });
  ring(item);
  return item;
}

/** The customer of a live chat stops waiting, with a question; or is gone, without one. */
export function becomeRequest(id: string, question: string | null): Case | null {
  const cases = casesOf("tina");
  const item = cases.get(id);
  if (!item) return null;
  if (!item.live || item.assignee) return item;
  const time = new Date().toISOString();
  const asked = question === null ? [] : [{ text: question, time }];
  const status = { type: "request", live: false, requested_at: time, ended_at: time } as const;
  const problem = [...item.problem, ...asked];
  return change(cases, item, { ...status, problem, state: "unassigned" }, "case.requested");
}

export function caseOf(id: string): Case | undefined {
  return [...sets.values()].map((cases) => cases.get(id)).find(Boolean);
}

/** The customer answers the survey a little after their case was resolved. */
export function answerLater(cases: Map<string, Case>, id: string): void {
  setTimeout(() => {
    const item = cases.get(id);
    if (item?.state !== "resolved") return;
    const answer = { rating: 4, rating_comment: "Friendly, and quick once somebody had joined." };
    change(cases, item, answer, "case.survey_answered");
  }, 6000);
}

function noteEnd(conversation: MockConversation, entry: Entry): void {
  if (entry.kind !== "ended" || entry.params?.by === "request") return;
  if (entry.params?.by === "gone") {
    becomeRequest(conversation.id, null);
    return;
  }
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
