/** Service levels of the mock: one for all portals, kept until the server stops, with a trial in three parts. */
import type { Call, Reply, Route } from "./http.ts";
import { refuse } from "./http.ts";
import { PORTAL } from "./seeds.ts";

const DAY = 86_400_000;
const PARTS = 3;
const workday = [
  { begin: "09:00", end: "12:00" },
  { begin: "13:00", end: "17:00" },
];
let level: Record<string, unknown> | null = {
  targets: { first_response: 30, next_response: 60, resolution: 480 },
  by_priority: { urgent: { first_response: 5, next_response: null, resolution: null } },
  warn_percent: 25,
  hours: {
    zone: "Europe/Berlin",
    week: [workday, workday, workday, workday, [{ begin: "22:00", end: "06:00" }], [], []],
    holidays: ["2026-12-25", "2026-12-26"],
  },
  changed_at: new Date().toISOString(),
  recount: { done: 12, total: 12, finished: true },
};

export const serviceLevelRoutes: Route[] = [
  { method: "GET", path: /^\/cases\/service-levels$/, answer: show },
  { method: "POST", path: /^\/cases\/service-levels\/preview$/, answer: preview },
  { method: "POST", path: /^\/cases\/service-levels\/([^/]+)\/trial$/, answer: tryOut },
  { method: "PUT", path: /^\/cases\/service-levels\/default$/, answer: keep },
  { method: "DELETE", path: /^\/cases\/service-levels\/default$/, answer: remove },
];

function show(): Reply {
  return { body: { default: level, portals: [{ portal: PORTAL, level: null }] } };
}

function keep({ body }: Call): Reply {
  if (!body.targets) return refuse(422, "invalid_input");
  const recount = { done: 12, total: 12, finished: true };
  level = { ...body, changed_at: new Date().toISOString(), recount };
  return { body: level };
}

function remove(): Reply {
  level = null;
  return { status: 204 };
}

function preview(): Reply {
  const at = Date.now();
  const due = {
    first_response: new Date(at + 30 * 60_000).toISOString(),
    resolution: new Date(at + DAY).toISOString(),
  };
  return { body: { at: new Date(at).toISOString(), open: true, due } };
}

function tryOut({ body }: Call): Reply {
  const part = Number(body.after ?? 0) + 1;
  const until = new Date().toISOString();
  const one = { met: 1, breached: 0 };
  const changed = [1, 2].map((number) => ({
    case_id: `0198c0de-0000-7000-8000-00000000010${number}`,
    number: 1000 + part * 10 + number,
    created_at: until,
    before: { first_response: one },
    after: { first_response: { met: 0, breached: 1 } },
  }));
  return {
    body: {
      since: new Date(Date.now() - 30 * DAY).toISOString(),
      until,
      cases: part * 40,
      before: { first_response: { met: 38, breached: 2 }, resolution: { met: 30, breached: 4 } },
      after: { first_response: { met: 36, breached: 4 }, resolution: { met: 33, breached: 1 } },
      changed_count: 2,
      changed,
      progress: part / PARTS,
      next: part < PARTS ? String(part) : null,
      cut: false,
    },
  };
}

/** What is promised of the mock's cases: one in good time, one soon, one too late. */
export function promisedFor(number: number) {
  const minutes = [95, 4, -38][number % 3] ?? 95;
  const at = (offset: number) => new Date(Date.now() + offset * 60_000).toISOString();
  const clock = {
    kind: number % 2 ? "first_response" : "next_response",
    due_at: at(minutes),
    warned_at: minutes < 10 ? at(-1) : null,
    breached_at: minutes < 0 ? at(minutes) : null,
    met_at: null,
  };
  const resolution = {
    kind: "resolution",
    due_at: at(minutes + 600),
    warned_at: null,
    breached_at: null,
    met_at: null,
  };
  return { ...clock, clocks: [clock, resolution] };
}
