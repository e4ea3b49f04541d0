/** The audit log of the mock: 120 lines of the last days, the filters of the form, and an export. */
import type { AuditLine } from "../../shared/generated/rest";
import { type Call, type Reply, type Route } from "./http.ts";
import { OTTO, TINA } from "./seeds.ts";

const HOUR = 3_600_000;
const PAGE = 50;
const BROWSER =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0";

type What = Partial<AuditLine> & Pick<AuditLine, "group" | "action">;

const KINDS: readonly What[] = [
  { group: "sessions", action: "session.opened" },
  { group: "cases", action: "case.assigned", case_id: "case", details: { number: "1041" } },
  {
    group: "settings",
    action: "portal.changed",
    subject_name: "contoso",
    changes: [
      { field: "state", before: "active", after: "inactive" },
      { field: "subdomain", before: "contoso-fahrradwerkstaetten", after: "contoso" },
    ],
  },
  { group: "exports", action: "transcript.sent", case_id: "case", details: { number: "1038" } },
  {
    group: "keys",
    action: "api_key.created",
    subject_name: "Billing",
    changes: [{ field: "scopes", before: null, after: "cases:read, conversations:read" }],
  },
  { group: "cases", action: "case.deleted", case_id: "case", details: { number: "1017" } },
  { group: "people", action: "technician.created", subject_name: "Una One" },
];

const lines = Array.from({ length: 120 }, (_, index) => line(index));

export const auditRoutes: Route[] = [
  { method: "GET", path: /^\/portal\/audit$/, answer: page },
  { method: "GET", path: /^\/portal\/audit\/export$/, answer: take },
];

function line(index: number): AuditLine {
  const by = index % 3 === 1 ? OTTO : TINA;
  const kind = KINDS[index % KINDS.length] as What;
  return {
    id: `a${index}`,
    time: new Date(Date.now() - index * 2.3 * HOUR).toISOString(),
    by: "technician",
    by_id: by.id,
    by_name: by.name,
    via: index % 5 === 4 ? "api" : "console",
    company_id: null,
    subject_id: null,
    subject_name: "",
    details: {},
    changes: [],
    address: "192.0.2.14",
    user_agent: BROWSER,
    ...kind,
    case_id: kind.case_id ? `0198c0de-0000-7000-8000-0000000004${index}` : null,
  };
}

function found(query: URLSearchParams): AuditLine[] {
  const [by, group] = [query.get("by"), query.get("group")];
  const [since, until] = [query.get("since") ?? "", query.get("until") ?? "~"];
  return lines.filter(
    (it) =>
      (!by || it.by_id === by) &&
      (!group || it.group === group) &&
      it.time >= since &&
      it.time < until,
  );
}

function page({ query }: Call): Reply {
  const all = found(query);
  const begin = Number(query.get("after") ?? 0);
  const end = begin + PAGE;
  const next = end < all.length ? String(end) : null;
  return { body: { entries: all.slice(begin, end), next } };
}

function take({ query }: Call): Reply {
  const rows = found(query).map(({ time, by_name, action }) => [time, by_name, action].join(","));
  const content = ["time,by,action", ...rows].join("\r\n");
  return { file: { name: "audit.csv", type: "text/csv", content } };
}
