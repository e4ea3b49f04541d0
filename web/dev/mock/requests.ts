/** The cases' REST for a customer: requests, the wait that is given up, the survey. */
import type { Case } from "../../console/model.ts";
import type { CustomerCase } from "../../shared/generated/rest.ts";
import { becomeRequest, caseOf, casesOf, change, receiveLetter } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";
import { append, conversations } from "./log.ts";
import { admissions } from "./portal.ts";

export const requestRoutes: Route[] = [
  { method: "POST", path: /^\/cases\/requests$/, answer: submit },
  { method: "GET", path: /^\/cases\/customer\/([^/]+)$/, answer: own },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/request$/, answer: stopWaiting },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/survey$/, answer: survey },
];

async function submit({ token, body }: Call): Promise<Reply> {
  const id = token?.replace("customer:", "") ?? "";
  const visitor = admissions.get(id)?.visitor;
  if (!visitor) return refuse(403, "ticket_invalid");
  await pause(400);
  return { status: 201, body: numberOf(receiveLetter(id, visitor, String(body.question))) };
}

/** A question that says so finds that somebody was faster. */
async function stopWaiting({ params: [id = ""], body }: Call): Promise<Reply> {
  await pause(400);
  const question = String(body.question);
  const item = question === "late" ? null : becomeRequest(id, question);
  if (item?.type !== "request")
    return refuse(409, "case_moved_on", { params: { name: "Maya Lindqvist", state: "assigned" } });
  const conversation = conversations.get(id);
  const author = { kind: "system" as const, id: null, name: "" };
  if (conversation?.state === "live")
    setTimeout(
      () => append(conversation, { kind: "ended", author, params: { by: "request" } }),
      600,
    );
  return { body: numberOf(item) };
}

function own({ params: [id = ""] }: Call): Reply {
  const item = caseOf(id);
  return item ? { body: shown(item) } : refuse(404, "case_unknown");
}

async function survey({ params: [id = ""], body }: Call): Promise<Reply> {
  await pause(400);
  const item = caseOf(id);
  if (!item) return refuse(404, "case_unknown");
  if (item.rating !== null) return refuse(409, "survey_answered");
  if (item.state !== "resolved") return refuse(409, "survey_not_open");
  const answer = { rating: Number(body.rating), rating_comment: String(body.comment) };
  return { body: shown(change(casesOf("tina"), item, answer, "case.survey_answered")) };
}

function numberOf({ id, number }: Case) {
  return { case_id: id, number };
}

function shown(item: Case): CustomerCase {
  const { type, live, state, rating, created_at, requested_at, ended_at, resolved_at } = item;
  const open = state === "resolved" ? "open" : "closed";
  return {
    ...numberOf(item),
    ...{ type, live, state, rating, created_at, requested_at, ended_at, resolved_at },
    email_known: item.customer.email !== "",
    survey: rating === null ? open : "answered",
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
