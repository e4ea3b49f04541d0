/** The operations of the mock: `notify` is away now and then, `cases` has dead letters that can be replayed. */
import type {
  DeadLetterView,
  LiveDeskView,
  Operations,
  ReplayView,
} from "../../shared/generated/rest.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

const HOUR = 3_600_000;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const letters: DeadLetterView[] = [
  letter(1, "case.assigned", "failed", "LookupError", 40_000),
  letter(2, "conversation.message", "unreadable", "the box does not open", 3 * HOUR),
  letter(3, "", "unreadable", "not JSON", 5 * HOUR),
  letter(4, "case.resolved", "failed", "VersionConflict", 30 * HOUR),
];
const replays = new Map<string, ReplayView>();

export const operationsRoutes: Route[] = [
  { method: "GET", path: /^\/cases\/desk$/, answer: desk },
  { method: "GET", path: /^\/portal\/technicians$/, answer: people },
  { method: "GET", path: /^\/(\w+)\/operations$/, answer: operations },
  { method: "GET", path: /^\/(\w+)\/operations\/dead-letters$/, answer: list },
  { method: "GET", path: /^\/(\w+)\/operations\/dead-letters\/(\w+)$/, answer: one },
  { method: "POST", path: /^\/(\w+)\/operations\/replays$/, answer: replay },
  { method: "GET", path: /^\/(\w+)\/operations\/replays\/([^/]+)$/, answer: progress },
];

function letter(
  n: number,
  type: string,
  code: string,
  reason: string,
  age: number,
): DeadLetterView {
  return {
    id: String(n).repeat(32),
    topic: code === "failed" ? "case-events" : "chat-log",
    partition: n,
    offset: 1000 + n,
    type,
    key: type ? `0198c0de-0000-7000-8000-00000000000${n}` : null,
    bytes: 312 * n,
    code,
    reason,
    tries: code === "failed" ? 5 : 1,
    written_at: ago(age + 2_000),
    died_at: ago(age),
    state: "dead",
    replay: null,
  };
}

function desk(): Reply {
  const body: LiveDeskView = {
    waiting: 3,
    waiting_since: ago(252_000),
    live_chats: 12,
    live_waiting: 2,
    opened: 148,
  };
  return { body };
}

function people(): Reply {
  const names = ["Tina Turing", "Otto Offline", "Una One", "Nora None"];
  const technicians = names.map((name, n) => ({
    id: `t${n}`,
    name,
    role: n === 0 ? "administrator" : "technician",
    available: n < 2,
  }));
  return { body: { technicians } };
}

function operations({ params: [service = ""] }: Call): Reply {
  if (service === "notify") return refuse(503, "unavailable");
  const waiting = service === "transcripts";
  const lag = (topic: string, records: number, state: "idle" | "moving" | "waiting" | "still") => ({
    topic,
    records,
    state,
    still_seconds: state === "still" ? 41.2 : 0,
    waits_for: state === "waiting" ? "DatabaseAway" : null,
  });
  const body: Operations = {
    service,
    instance: `${service}-7d9f6`,
    started_at: ago(5 * HOUR),
    ready: !waiting,
    checks: [
      { name: "database", reason: waiting ? "does not answer" : null, needed: true },
      { name: "bus", reason: null, needed: true },
    ],
    consumption:
      {
        portal: [],
        chat: [lag("chat-log", 0, "idle"), lag("case-events", 14, "moving")],
        cases: [lag("chat-log", 2, "still")],
        transcripts: [lag("chat-log", 1204, "waiting"), lag("case-events", 0, "idle")],
      }[service] ?? [],
    dead_letters:
      service === "cases" ? [{ topic: "case-events", dead: letters.length, asked: 0 }] : [],
    counted_all: true,
  };
  return { body };
}

function list({ params: [service] }: Call): Reply {
  return { body: { dead_letters: service === "cases" ? letters : [], next: null } };
}

function one({ params: [, id] }: Call): Reply {
  const found = letters.find((it) => it.id === id);
  if (!found) return refuse(404, "not_found");
  const content = found.type
    ? { id: "0198c0de-0000-7000-8000-0000000000aa", type: found.type, aggregate_version: 7 }
    : null;
  const note = { by: "Tina Turing", at: ago(HOUR), ended_at: ago(HOUR), waits_for: null };
  const body = {
    ...found,
    content,
    sealed: content !== null,
    withheld: content ? ["text"] : [],
    replays: [{ ...note, outcome: "failed", reason: "LookupError" }],
  };
  return { body };
}

/** The one that cannot be read fails again. */
function replay({ body }: Call): Reply {
  const meant = letters.filter((it) => body.id === undefined || it.id === body.id);
  const failed = meant.filter((it) => it.type === "").length;
  for (const it of meant.filter((it) => it.type !== "")) letters.splice(letters.indexOf(it), 1);
  const told: ReplayView = {
    replay_id: String(body.replay_id),
    by: "Tina Turing",
    at: ago(0),
    total: meant.length,
    done: 0,
    parked: 0,
    skipped: 0,
    failed: 0,
    left: meant.length,
  };
  replays.set(told.replay_id, { ...told, done: meant.length - failed, failed, left: 0 });
  return { status: 202, body: told };
}

function progress({ params: [, id = ""] }: Call): Reply {
  return { body: replays.get(id) };
}
