/** Automatic assignment, as the mock has it: three people, of whom one has an own capacity. */
import type { AssignmentView, RoutingTrialView } from "../../shared/generated/rest";
import { OTTO, PORTAL } from "./cases.ts";
import type { Call, Reply, Route } from "./http.ts";

const view: AssignmentView = {
  capacity: { chats: 3, cases: 20 },
  portals: [
    { id: PORTAL.id, company: "Northwind Cycles", address: PORTAL.address, automatic: true },
    {
      id: "p2",
      company: "Contoso Fahrradwerkstätten",
      address: "desk/p/contoso",
      automatic: false,
    },
  ],
  technicians: [
    person("0198c0de-0000-7000-8000-000000000071", "Tina Turing", true, 2, 7),
    person(OTTO.id, OTTO.name, false, 0, 1),
    person("0198c0de-0000-7000-8000-000000000072", "Una One", true, 5, 12),
  ],
};
const [, , una] = view.technicians;
if (una) Object.assign(una, { own: { chats: 5, cases: null }, capacity: { chats: 5, cases: 20 } });

function person(id: string, name: string, available: boolean, chats: number, cases: number) {
  const own: { chats: number | null; cases: number | null } = { chats: null, cases: null };
  return { id, name, available, load: { chats, cases }, capacity: { chats: 3, cases: 20 }, own };
}

const TRIAL: RoutingTrialView = {
  since: "2026-04-01T00:00:00Z",
  until: "2026-05-01T00:00:00Z",
  cases: 214,
  decisions: 180,
  before: { assigned: 151, at_capacity: 24, none_available: 5 },
  after: { assigned: 175, none_available: 5 },
  by_hand: 34,
  by_hand_seconds: 34 * 260,
  changed_count: 24,
  changed: [1042, 1047].map((number) => ({
    case_id: `c${number}`,
    number,
    at: "2026-04-12T09:30:00Z",
    before: { outcome: "at_capacity", person: null },
    after: { outcome: "assigned", person: { id: "tina", name: "Tina Technician" } },
  })),
  progress: 1,
  next: null,
  cut: false,
};

export const assignmentRoutes: Route[] = [
  { method: "GET", path: /^\/cases\/assignment$/, answer: () => ({ body: view }) },
  { method: "PUT", path: /^\/cases\/assignment\/capacity$/, answer: setCapacity },
  { method: "POST", path: /^\/cases\/assignment\/trial$/, answer: () => ({ body: TRIAL }) },
  { method: "PUT", path: /^\/cases\/assignment\/portals\/([^/]+)$/, answer: switchPortal },
  { method: "PUT", path: /^\/cases\/assignment\/technicians\/([^/]+)$/, answer: setOwn },
];

function setCapacity({ body }: Call): Reply {
  Object.assign(view.capacity, body);
  view.technicians.forEach(weigh);
  return { body: view };
}

function switchPortal({ params, body }: Call): Reply {
  const portal = view.portals.find(({ id }) => id === params[0]);
  if (portal) portal.automatic = Boolean(body.automatic);
  return { body: view };
}

function setOwn({ params, body }: Call): Reply {
  const found = view.technicians.find(({ id }) => id === params[0]);
  if (found) {
    Object.assign(found.own, body);
    weigh(found);
  }
  return { body: view };
}

function weigh(one: AssignmentView["technicians"][number]): void {
  one.capacity = {
    chats: one.own.chats ?? view.capacity.chats,
    cases: one.own.cases ?? view.capacity.cases,
  };
}
