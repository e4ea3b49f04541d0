/** Snooze times of the mock, kept until the server stops, with a trial in three parts. */
import type { SnoozeTimesBody, SnoozeTrialView } from "../../shared/generated/rest";
import type { Call, Reply, Route } from "./http.ts";

const DAY = 86_400_000;
const PARTS = 3;
let times: SnoozeTimesBody = { morning: "09:00", weekday: 0, reply_days: null };

export const snoozingRoutes: Route[] = [
  { method: "GET", path: /^\/cases\/snoozing$/, answer: () => ({ body: times }) },
  { method: "PUT", path: /^\/cases\/snoozing$/, answer: keep },
  { method: "POST", path: /^\/cases\/snoozing\/trial$/, answer: tryOut },
];

function keep({ body }: Call): Reply {
  times = body as unknown as SnoozeTimesBody;
  return { body: times };
}

async function tryOut({ body }: Call): Promise<Reply> {
  await new Promise((done) => setTimeout(done, 400));
  const part = Number(body.after ?? 0) + 1;
  const now = Date.now();
  const at = (days: number) => new Date(now - days * DAY).toISOString();
  const view: SnoozeTrialView = {
    since: at(30),
    until: at(0),
    cases: part * 40,
    snoozes: 14,
    concluded: part === 1 ? 3 : 0,
    before: {
      endings: { reply: 5, due: 6, technician: 1, asleep: 2 },
      slept_seconds: 14 * 3 * 86_400,
    },
    after: { endings: { reply: 4, due: 9, technician: 1 }, slept_seconds: 14 * 2 * 86_400 },
    changed_count: 2,
    changed: [
      {
        case_id: `0198c0de-0000-7000-8000-00000000020${part}`,
        number: 1000 + part * 10,
        at: at(20),
        before: { ending: "asleep", ended_at: null },
        after: { ending: "due", ended_at: at(6) },
      },
      {
        case_id: `0198c0de-0000-7000-8000-00000000021${part}`,
        number: 1001 + part * 10,
        at: at(12),
        before: { ending: "due", ended_at: at(11) },
        after: { ending: "reply", ended_at: at(10.5) },
      },
    ],
    progress: part / PARTS,
    next: part < PARTS ? String(part) : null,
    cut: false,
  };
  return { body: view };
}
