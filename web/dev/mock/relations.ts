/** Cases made by hand, merged and split, in the mock. */
import type { Case } from "../../console/model.ts";
import type { NewCase } from "../../shared/generated/rest.ts";
import { casesOf, change, TINA } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";
import { tellStaff } from "./log.ts";
import { blank } from "./seeds.ts";

export const relationRoutes: Route[] = [
  { method: "POST", path: /^\/cases\/cases$/, answer: make },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/merge$/, answer: merge },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/unmerge$/, answer: unmerge },
  { method: "GET", path: /^\/cases\/search$/, answer: search },
];

function cases({ token }: Call): Map<string, Case> {
  return casesOf(token?.replace("technician:", "") ?? "");
}

function make(call: Call): Reply {
  const wanted = call.body as unknown as NewCase;
  const now = new Date().toISOString();
  const known = cases(call);
  const { first_name, last_name = "", email = "" } = wanted.customer;
  const item: Case = {
    ...blank(1001 + known.size, now),
    type: wanted.type,
    live: false,
    state: wanted.mine ? "assigned" : "unassigned",
    assignee: wanted.mine ? TINA : null,
    customer: { first_name, last_name, email },
    title: wanted.title ?? "",
    preview: wanted.problem.slice(0, 200),
    problem: [{ text: wanted.problem, time: now }],
    requested_at: wanted.type === "request" ? now : null,
    refers_to: wanted.refers_to ?? null,
    refers_from: wanted.refers_from ?? null,
  };
  known.set(item.id, item);
  tellStaff({ t: "case", event: "case.opened", case: item });
  return { status: 201, body: item };
}

function merge(call: Call): Reply {
  const known = cases(call);
  const source = known.get(call.params[0] ?? "");
  const target = known.get(String(call.body.into));
  if (!source || !target) return refuse(404, "case_unknown");
  change(known, target, { merged: [...target.merged, source.id] }, "case.absorbed");
  const state_version = source.state_version + 1;
  const merged = { state: "resolved" as const, merged_into: target.id, state_version };
  return { body: change(known, source, merged, "case.merged") };
}

function unmerge(call: Call): Reply {
  const known = cases(call);
  const source = known.get(call.params[0] ?? "");
  if (!source?.merged_into) return refuse(409, "case_not_merged");
  const target = known.get(source.merged_into);
  const merged = target?.merged.filter((id) => id !== source.id) ?? [];
  if (target) change(known, target, { merged }, "case.released");
  const state_version = source.state_version + 1;
  const free = { state: "assigned" as const, merged_into: null, state_version };
  return { body: change(known, source, free, "case.unmerged") };
}

function search(call: Call): Reply {
  const words = (call.query.get("q") ?? "").toLowerCase();
  const found = [...cases(call).values()].filter((item) =>
    `${item.number} ${item.customer.first_name} ${item.customer.last_name} ${item.title} ${item.preview}`
      .toLowerCase()
      .includes(words),
  );
  return { body: { cases: found.slice(0, 20) } };
}
