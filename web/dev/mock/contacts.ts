/** The contacts of the mock: made from its cases, edited and merged in memory. */
import type { Case } from "../../console/model.ts";
import type { ContactView } from "../../shared/generated/rest.ts";
import { casesOf, change } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

export const contactRoutes: Route[] = [
  { method: "GET", path: /^\/cases\/contacts$/, answer: list },
  { method: "GET", path: /^\/cases\/contacts\/([^/]+)$/, answer: one },
  { method: "PUT", path: /^\/cases\/contacts\/([^/]+)$/, answer: edit },
  { method: "POST", path: /^\/cases\/contacts\/([^/]+)\/merge$/, answer: merge },
  { method: "GET", path: /^\/cases\/contacts\/([^/]+)\/cases$/, answer: ofContact },
  { method: "GET", path: /^\/cases\/cases\/([^/]+)\/related$/, answer: related },
  { method: "POST", path: /^\/cases\/cases\/([^/]+)\/verify$/, answer: verify },
];
const PAGE = 40;
const edited = new Map<string, ContactView>();

function cases({ token }: Call): Map<string, Case> {
  return casesOf(token?.replace("technician:", "") ?? "");
}

function contacts(call: Call): ContactView[] {
  const found = new Map<string, ContactView>();
  for (const item of cases(call).values()) {
    if (item.contact_id === null) continue;
    const known = edited.get(item.contact_id) ?? found.get(item.contact_id);
    found.set(known?.id ?? item.contact_id, withCase(found.get(known?.id ?? "") ?? known, item));
  }
  return [...found.values()].sort((a, b) => Date.parse(b.last_seen) - Date.parse(a.last_seen));
}

function withCase(known: ContactView | undefined, item: Case): ContactView {
  const id = item.contact_id ?? "";
  const { first_name, last_name, email } = item.customer;
  const at = item.created_at;
  const fresh = { id, ids: [id], version: 1, organisation: "", phone: "", note: "" };
  const seen = { first_seen: at, last_seen: at, cases: 0 };
  const contact = known ?? { ...fresh, first_name, last_name, emails: [email], ...seen };
  const first_seen = contact.first_seen < at ? contact.first_seen : at;
  const last_seen = contact.last_seen > at ? contact.last_seen : at;
  return { ...contact, first_seen, last_seen, cases: contact.cases + 1 };
}

function list(call: Call): Reply {
  const words = (call.query.get("q") ?? "").toLowerCase();
  const found = contacts(call).filter((one) =>
    `${one.first_name} ${one.last_name} ${one.emails.join(" ")} ${one.organisation}`
      .toLowerCase()
      .includes(words),
  );
  return { body: { contacts: found.slice(0, PAGE), next: null } };
}

function find(call: Call): ContactView | undefined {
  return contacts(call).find(({ ids }) => ids.includes(call.params[0] ?? ""));
}

function one(call: Call): Reply {
  const found = find(call);
  return found ? { body: found } : refuse(404, "contact_unknown");
}

function keep(contact: ContactView): ContactView {
  const kept = { ...contact, cases: 0, version: contact.version + 1 };
  for (const id of contact.ids) edited.set(id, kept);
  return kept;
}

function edit(call: Call): Reply {
  const found = find(call);
  if (!found) return refuse(404, "contact_unknown");
  if (found.version !== call.body.version) return refuse(409, "contact_moved_on");
  keep({ ...found, ...(call.body as Partial<ContactView>) });
  return one(call);
}

function merge(call: Call): Reply {
  const into = find(call);
  const other = contacts(call).find(({ id }) => id === call.body.other);
  if (!into || !other) return refuse(404, "contact_unknown");
  const emails = [...into.emails, ...other.emails];
  keep({ ...into, ids: [...into.ids, ...other.ids], emails });
  return one(call);
}

function ofContact(call: Call): Reply {
  const ids = find(call)?.ids ?? [];
  return page([...cases(call).values()].filter((item) => ids.includes(item.contact_id ?? "")));
}

function related(call: Call): Reply {
  const item = cases(call).get(call.params[0] ?? "");
  const others = [...cases(call).values()].filter(
    ({ id, contact_id }) => contact_id && contact_id === item?.contact_id && id !== item.id,
  );
  return page(others);
}

function page(found: Case[]): Reply {
  found.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return { body: { cases: found.slice(0, PAGE), next: null } };
}

function verify(call: Call): Reply {
  const item = cases(call).get(call.params[0] ?? "");
  if (!item) return refuse(404, "case_unknown");
  const contact_verified = Boolean(call.body.verified);
  return { body: change(cases(call), item, { contact_verified }, "case.contact_linked") };
}
