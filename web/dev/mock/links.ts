/** Links of mails: `/c#<id of a case>` shows it, `/c#gone` one that was deleted, and every other one is no link. */
import type { Case } from "../../console/model.ts";
import type { LinkedCase } from "../../shared/generated/rest.ts";
import { caseOf, casesOf, change } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

export const linkRoutes: Route[] = [
  { method: "POST", path: /^\/cases\/link$/, answer: show },
  { method: "POST", path: /^\/cases\/link\/survey$/, answer: survey },
];

function show({ body }: Call): Reply {
  const item = caseOf(String(body.token));
  return item ? { body: shown(item) } : unknown(body.token);
}

function survey({ body }: Call): Reply {
  const item = caseOf(String(body.token));
  if (!item) return unknown(body.token);
  if (item.rating !== null) return refuse(409, "survey_answered");
  if (item.state !== "resolved") return refuse(409, "survey_not_open");
  const answer = { rating: Number(body.rating), rating_comment: String(body.comment) };
  return { body: shown(change(casesOf("tina"), item, answer, "case.survey_answered")) };
}

function unknown(token: unknown): Reply {
  return token === "gone" ? refuse(404, "case_unknown") : refuse(403, "link_invalid");
}

function shown(item: Case): LinkedCase {
  const { number, rating, assigned_at, resolved_at, assignee } = item;
  const waiting = item.state === "resolved" ? "resolved" : "in_progress";
  const open = item.state === "resolved" ? "open" : "closed";
  return {
    ...{ number, rating, assigned_at, resolved_at },
    company: "Northwind Cycles",
    portal_address: item.portal.address,
    state: item.assignee ? waiting : "received",
    technician: assignee?.name ?? "",
    received_at: item.created_at,
    survey: rating === null ? open : "answered",
  };
}
