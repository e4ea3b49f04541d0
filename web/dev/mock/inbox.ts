/** A technician's notifications in the mock: of each kind one, as Otto, a rule and a customer would cause them. */
import type { InboxEntryView, TimelineEntry } from "../../shared/generated/rest.ts";
import { casesOf, OTTO } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

const KINDS: readonly [string, boolean][] = [
  ["mentioned", true],
  ["assigned", false],
  ["transferred", true],
  ["woken", false],
  ["reopened", false],
  ["sla_breached", false],
];
const NOTE =
  "Could you have a look at this, please? The customer has been charged twice, and I am not sure whether the refund of last week went out.";
let entries: InboxEntryView[] | undefined;

export const inboxRoutes: Route[] = [
  { method: "GET", path: /^\/notify\/inbox$/, answer: page },
  { method: "GET", path: /^\/cases\/cases\/([^/]+)\/timeline$/, answer: timeline },
  { method: "GET", path: /^\/cases\/cases\/([^/]+)\/looks$/, answer: looks },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/looks$/, answer: () => ({ status: 204 }) },
  { method: "POST", path: /^\/notify\/inbox\/read$/, answer: readAll },
  { method: "PUT", path: /^\/notify\/inbox\/([^/]+)$/, answer: mark },
  { method: "DELETE", path: /^\/notify\/inbox\/([^/]+)$/, answer: remove },
];

/** None for Una, so that an empty inbox can be looked at. */
function known({ token }: Call): InboxEntryView[] {
  if (token === "technician:one") return [];
  entries ??= [...casesOf("tina").values()].slice(0, 12).map((item, index) => {
    const [kind, person] = KINDS[index % KINDS.length] ?? ["mentioned", true];
    const time = new Date(Date.now() - index * 47 * 60_000).toISOString();
    return {
      id: `0198c0de-0000-7000-8000-0000000a${String(index).padStart(4, "0")}`,
      position: String(99 - index),
      kind,
      case_id: item.id,
      number: item.number,
      version: item.version,
      note_id: kind === "mentioned" ? `note-${item.id}` : null,
      by: person ? OTTO : null,
      time,
      read: index > 2,
    };
  });
  return entries;
}

function page(call: Call): Reply {
  const all = known(call);
  const unread = all.filter(({ read }) => !read).length;
  return { body: { entries: all, next: null, unread } };
}

function readAll(call: Call): Reply {
  const { case_id } = call.body as { case_id?: string };
  entries = known(call).map((one) =>
    case_id && one.case_id !== case_id ? one : { ...one, read: true },
  );
  return { body: { unread: entries.filter(({ read }) => !read).length } };
}

function mark(call: Call): Reply {
  const { read } = call.body as { read: boolean };
  if (!known(call).some(({ id }) => id === call.params[0]))
    return refuse(404, "inbox_entry_unknown");
  entries = known(call).map((one) => (one.id === call.params[0] ? { ...one, read } : one));
  return { status: 204 };
}

function remove(call: Call): Reply {
  entries = known(call).filter(({ id }) => id !== call.params[0]);
  return { status: 204 };
}

/** Otto came by an hour ago. */
function looks(): Reply {
  const time = new Date(Date.now() - 3_600_000).toISOString();
  return { body: { looks: [{ person: OTTO, time }] } };
}

/** The note that a mention is about. */
function timeline({ params: [id = ""] }: Call): Reply {
  const item = casesOf("tina").get(id);
  const noted = entries?.find((one) => one.case_id === id && one.note_id);
  if (!item || !noted) return { body: { entries: [], version: item?.version ?? 0 } };
  const entry: TimelineEntry = {
    id: noted.note_id ?? "",
    version: item.version,
    type: "case.noted",
    time: noted.time,
    by: "technician",
    person: OTTO,
    people: [],
    after_seq: 9e12,
    note: NOTE,
    mail: null,
    snoozed_until: null,
    tells: {},
    state: item.state,
    via: "console",
    assignee: item.assignee,
    through: null,
    changes: [],
  };
  return { body: { entries: [entry], version: item.version } };
}
