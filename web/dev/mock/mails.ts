/** Transcripts and what becomes of mails, for both pages. An address beginning with `down` waits for ever, one with
 * `nobody` is refused, one with `broken` ends in doubt; all others are accepted after two seconds. */
import type { MailView } from "../../shared/generated/rest.ts";
import { caseOf } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";
import { conversations } from "./log.ts";
import { technicianTokens } from "./socket.ts";

export const mailRoutes: Route[] = [
  { method: "GET", path: /^\/transcripts\/conversations\/([^/.]+)\.(\w+)$/, answer: download },
  { method: "POST", path: /^\/transcripts\/conversations\/([^/]+)\/mails$/, answer: order },
  { method: "GET", path: /^\/notify\/mails\/([^/]+)$/, answer: one },
  { method: "GET", path: /^\/notify\/cases\/([^/]+)\/mails$/, answer: list },
];

interface Ordered {
  caseId: string;
  mail: MailView;
}

const ordered = new Map<string, Ordered>();
const TYPES: Record<string, string> = {
  txt: "text/plain; charset=utf-8",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
};
const MOST = 5;

async function download({ params: [id = "", form = ""] }: Call): Promise<Reply> {
  await pause(400);
  const entries = conversations.get(id)?.entries ?? [];
  const said = entries.flatMap((entry) =>
    entry.text ? [`${entry.author.name}: ${entry.text}`] : [],
  );
  const asked = caseOf(id)?.problem.map((line) => line.text) ?? [];
  const content = (said.length > 0 ? said : asked).join("\n");
  if (!content) return refuse(409, "transcript_empty");
  const name = `chat-${caseOf(id)?.number ?? id}.${form}`;
  return { file: { name, type: TYPES[form] ?? "", content } };
}

async function order({ params: [id = ""], body, token }: Call): Promise<Reply> {
  await pause(300);
  const item = caseOf(id);
  const known = { customer: item?.customer.email, assignee: "otto@example.com" };
  const to = String(body.to) as keyof typeof known | "address";
  const recipient = to === "address" ? String(body.address) : (known[to] ?? "");
  const mail_id = String(body.request_id);
  if (!recipient) return refuse(409, "email_unknown");
  if (!/^[^@]+@[^@]+\.[^@]+$/.test(recipient)) return badAddress();
  if (mailsOf(id).length >= MOST) return refuse(429, "too_many_transcripts");
  const me = technicianTokens.get(token ?? "");
  const asked_by = {
    kind: me ? "technician" : "customer",
    id: me?.id ?? null,
    name: me?.name ?? "",
  } as const;
  const mail = { ...fresh(mail_id, recipient), asked_by };
  if (!ordered.has(mail_id)) ordered.set(mail_id, { caseId: id, mail });
  return { status: 202, body: { mail_id } };
}

function badAddress(): Reply {
  const fields = [{ field: "address", code: "invalid_email", params: {} }];
  return refuse(422, "invalid_input", { fields });
}

function fresh(mail_id: string, recipient: string): MailView {
  const time = new Date().toISOString();
  const times = { requested_at: time, changed_at: time };
  return {
    mail_id,
    kind: "transcript",
    state: "requested",
    reason: "",
    attempts: 0,
    recipient,
    asked_by: null,
    ...times,
  };
}

/** Where it is by now; nothing runs in between. */
function progress(mail: MailView): MailView {
  const age = Date.now() - Date.parse(mail.requested_at);
  if (age < 700) return mail;
  if (age < 2000) return { ...mail, state: "sending", attempts: 1 };
  const changed_at = new Date(Date.parse(mail.requested_at) + 2000).toISOString();
  return { ...mail, ...ending(mail.recipient), attempts: 1, changed_at };
}

function ending(recipient: string): Pick<MailView, "state" | "reason"> {
  if (recipient.startsWith("down")) return { state: "waiting", reason: "unreachable" };
  if (recipient.startsWith("nobody")) return { state: "failed", reason: "550" };
  if (recipient.startsWith("broken")) return { state: "unknown", reason: "disconnected" };
  return { state: "accepted", reason: "250" };
}

function one({ params: [id = ""] }: Call): Reply {
  const found = ordered.get(id);
  return found ? { body: progress(found.mail) } : refuse(404, "mail_unknown");
}

function list({ params: [id = ""] }: Call): Reply {
  return { body: { mails: [...acknowledgements(id), ...mailsOf(id)] } };
}

function mailsOf(caseId: string): MailView[] {
  const mails = [...ordered.values()].filter((one) => one.caseId === caseId);
  return mails.map(({ mail }) => progress(mail));
}

function acknowledgements(caseId: string): MailView[] {
  const item = caseOf(caseId);
  if (!item?.requested_at || !item.customer.email) return [];
  const mail = {
    ...fresh(`acknowledgement-${caseId}`, item.customer.email),
    kind: "acknowledgement" as const,
  };
  return [progress({ ...mail, requested_at: item.requested_at })];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
