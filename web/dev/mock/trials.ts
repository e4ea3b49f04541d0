/** What is tried on the last month in the mock beside capacities and service levels: a switch, and how it rings. */
import type {
  GivenCase,
  RerungCase,
  RingingView,
  RingTrialView,
  SwitchTrialView,
} from "../../shared/generated/rest";
import type { Call, Reply, Route } from "./http.ts";

const DAY = 86_400_000;
const PARTS = 3;
const GRETA = { id: "0198c0de-0000-7000-8000-000000000301", name: "Greta Lind" };
const TOMAS = { id: "0198c0de-0000-7000-8000-000000000302", name: "Tomás Vega" };
let ringing: RingingView = { seconds: 60, times: 3, mails: true };

export const trialRoutes: Route[] = [
  {
    method: "POST",
    path: /^\/cases\/assignment\/portals\/([^/]+)\/trial$/,
    answer: part((at) => ({ ...switched(), ...at })),
  },
  {
    method: "POST",
    path: /^\/cases\/ringing\/trial$/,
    answer: part((at) => ({ ...rung(), ...at })),
  },
  { method: "GET", path: /^\/notify\/ringing$/, answer: () => ({ body: ringing }) },
  { method: "PUT", path: /^\/notify\/ringing$/, answer: keep },
];

function keep({ body }: Call): Reply {
  ringing = { ...ringing, ...body };
  return { body: ringing };
}

interface Place {
  since: string;
  until: string;
  cases: number;
  progress: number;
  next: string | null;
  cut: boolean;
}

function part(made: (at: Place) => object): (call: Call) => Promise<Reply> {
  return async ({ body }) => {
    await new Promise((done) => setTimeout(done, 300));
    const number = Number(body.after ?? 0) + 1;
    const at: Place = {
      since: ago(30),
      until: ago(0),
      cases: number * 40,
      progress: number / PARTS,
      next: number < PARTS ? String(number) : null,
      cut: false,
    };
    return { body: made(at) };
  };
}

function ago(days: number): string {
  return new Date(Date.now() - days * DAY).toISOString();
}

type Without<View> = Omit<View, keyof Place>;

function switched(): Without<SwitchTrialView> {
  const changed: GivenCase[] = [
    {
      case_id: "0198c0de-0000-7000-8000-000000000401",
      number: 1041,
      at: ago(12),
      before: { person: GRETA, seconds: 1_260 },
      after: { person: TOMAS, seconds: 0 },
    },
    {
      case_id: "0198c0de-0000-7000-8000-000000000402",
      number: 1042,
      at: ago(9),
      before: { person: null, seconds: 64_000 },
      after: { person: GRETA, seconds: 420 },
    },
  ];
  return {
    waits: 31,
    at_once: 22,
    later: 6,
    assumed: 9,
    known_since: ago(20),
    before_seconds: 31 * 1_400,
    after_seconds: 31 * 200,
    people: [
      { person: GRETA, before: 21, after: 14 },
      { person: TOMAS, before: 7, after: 14 },
    ],
    changed_count: 28,
    changed,
  };
}

function rung(): Without<RingTrialView> {
  const changed: RerungCase[] = [
    {
      case_id: "0198c0de-0000-7000-8000-000000000403",
      number: 1043,
      at: ago(5),
      seconds: 130,
      before: { again: 2, mailed: false },
      after: { again: 1, mailed: true },
    },
    {
      case_id: "0198c0de-0000-7000-8000-000000000404",
      number: 1044,
      at: ago(4),
      seconds: 75,
      before: { again: 1, mailed: false },
      after: { again: 2, mailed: false },
    },
  ];
  return {
    waits: 18,
    before: { waits: 6, again: 9, mailed: 1 },
    after: { waits: 9, again: 14, mailed: 4 },
    changed_count: 7,
    changed,
  };
}
