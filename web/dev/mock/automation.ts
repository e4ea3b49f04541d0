/** Labels, macros and rules of the mock, kept for as long as it runs; a trial has two parts. */
import type {
  LabelView,
  MacroView,
  NewMacro,
  RuleBody,
  RuleView,
  TrialView,
} from "../../shared/generated/rest.ts";
import { casesOf, OTTO, PORTAL } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const id = (n: number) => `0198c0de-0000-7000-8000-0000000002${String(n).padStart(2, "0")}`;
const LABELS: LabelView[] = [
  { id: id(1), title: "Invoice", colour: "amber", retired: false },
  { id: id(2), title: "Bug", colour: "red", retired: false },
  { id: id(3), title: "Waiting for the warehouse", colour: "blue", retired: false },
];
let macros: MacroView[] = [
  {
    id: id(11),
    name: "Wrong number, close",
    shared: true,
    actions: [{ do: "label", add: [id(2)], remove: [] }, { do: "assign" }, { do: "resolve" }],
    faults: [],
  },
  {
    id: id(12),
    name: "Ask the warehouse",
    shared: false,
    actions: [
      { do: "label", add: [id(3), id(99)], remove: [] },
      { do: "note", text: "I have asked the warehouse.", mentions: [] },
      { do: "snooze", until: "tomorrow", time_zone: "Europe/Madrid" },
    ],
    faults: [{ at: 0, code: "label_unknown" }],
  },
];
let rules: RuleView[] = [
  {
    id: id(21),
    name: "Invoices go to Otto",
    trigger: "opened",
    minutes: 0,
    match: "all",
    conditions: [
      { what: "text", values: ["invoice", "bill"], negated: false },
      { what: "type", values: ["request", "email"], negated: false },
    ],
    actions: [
      { do: "label", add: [id(1)], remove: [] },
      { do: "transfer", to: OTTO.id, note: "" },
    ],
    on: true,
    on_since: ago(9_000),
    faults: [],
    runs: 214,
    failures: 2,
    last_at: ago(12),
  },
  {
    id: id(22),
    name: "Nobody waits for an hour",
    trigger: "waited",
    minutes: 60,
    match: "all",
    conditions: [{ what: "assignee", values: ["nobody"], negated: false }],
    actions: [{ do: "priority", priority: "urgent" }],
    on: false,
    on_since: null,
    faults: [{ part: "condition", at: 0, code: "technician_cannot_take" }],
    runs: 0,
    failures: 0,
    last_at: null,
  },
];

export const automationRoutes: Route[] = [
  {
    method: "GET",
    path: /^\/cases\/labels$/,
    answer: () => ({ status: 200, body: { labels: LABELS } }),
  },
  { method: "GET", path: /^\/cases\/macros$/, answer: () => ({ status: 200, body: { macros } }) },
  { method: "POST", path: /^\/cases\/macros$/, answer: saveMacro },
  { method: "PUT", path: /^\/cases\/macros\/([^/]+)$/, answer: saveMacro },
  { method: "DELETE", path: /^\/cases\/macros\/([^/]+)$/, answer: removeMacro },
  { method: "GET", path: /^\/cases\/rules$/, answer: () => ({ status: 200, body: { rules } }) },
  { method: "GET", path: /^\/cases\/rules\/choices$/, answer: choices },
  { method: "POST", path: /^\/cases\/rules\/trial$/, answer: tried },
  { method: "POST", path: /^\/cases\/rules\/order$/, answer: order },
  { method: "POST", path: /^\/cases\/rules$/, answer: saveRule },
  { method: "POST", path: /^\/cases\/rules\/([^/]+)\/switch$/, answer: flip },
  { method: "PUT", path: /^\/cases\/rules\/([^/]+)$/, answer: saveRule },
  { method: "DELETE", path: /^\/cases\/rules\/([^/]+)$/, answer: removeRule },
];

function saveMacro({ params, body }: Call): Reply {
  const wanted = body as unknown as NewMacro;
  const saved = { ...wanted, id: params[0] ?? crypto.randomUUID(), faults: [] } as MacroView;
  macros = [...macros.filter((one) => one.id !== saved.id), saved];
  return { status: params[0] ? 200 : 201, body: saved };
}

function removeMacro({ params }: Call): Reply {
  macros = macros.filter((one) => one.id !== params[0]);
  return { status: 204 };
}

function choices(): Reply {
  const portals = [{ id: PORTAL.id, address: PORTAL.address }];
  return { status: 200, body: { portals, technicians: [OTTO] } };
}

function saveRule({ params, body }: Call): Reply {
  const before = rules.find((one) => one.id === params[0]);
  const fresh = { on: false, on_since: null, faults: [], runs: 0, failures: 0, last_at: null };
  const saved = {
    ...fresh,
    ...before,
    ...(body as unknown as RuleBody),
    id: params[0] ?? crypto.randomUUID(),
  } as RuleView;
  rules = before ? rules.map((one) => (one.id === saved.id ? saved : one)) : [...rules, saved];
  return { status: before ? 200 : 201, body: saved };
}

function removeRule({ params }: Call): Reply {
  rules = rules.filter((one) => one.id !== params[0]);
  return { status: 204 };
}

function flip({ params, body }: Call): Reply {
  const rule = rules.find((one) => one.id === params[0]);
  if (!rule) return refuse(404, "rule_unknown");
  if (rule.faults.length > 0) return refuse(422, "rule_broken");
  const changed = { ...rule, on: body.on === true };
  rules = rules.map((one) => (one.id === rule.id ? changed : one));
  return { status: 200, body: changed };
}

function order({ body }: Call): Reply {
  const ids = body.ids as string[];
  rules = rules.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  return { status: 200, body: { rules } };
}

function tried({ body }: Call): Reply {
  const { actions } = body.rule as RuleBody;
  const did = actions.map((one) => ({ action: one.do, code: "" }));
  const cases = [...casesOf("tina").values()].slice(0, 8).map(({ id: case_id, number }, at) => ({
    case_id,
    number,
    at: ago(at * 1_900),
    runs: (at % 3) + 1,
    did,
    code: at === 5 ? "case_moved_on" : "",
  }));
  const more = body.after === null || body.after === undefined;
  const part: TrialView = {
    cases,
    touched: cases.length - 1,
    actions: Object.fromEntries(did.map(({ action }) => [action, cases.length - 1])),
    refused: 1,
    looked_at: more ? 620 : 1_204,
    next: more ? "1-1-1" : null,
    progress: more ? 0.5 : 1,
    cut: false,
  };
  return { status: 200, body: part };
}
