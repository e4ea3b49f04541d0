import { signal } from "@preact/signals";
import { request } from "../../shared/api";
import type { NewCase } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Entry } from "../../shared/wire";
import type { Case, Technician } from "../model";

export type Kind = NewCase["type"];
export const KINDS: readonly Kind[] = ["call", "email", "request"];

/** What a new case is begun with: nothing, the conversation of another one, or that from a message on. */
export interface Beginning {
  from?: Case;
  entry?: Entry;
}

/** The form that is open. */
export const making = signal<Beginning | null>(null);

export function startCase(beginning: Beginning = {}): void {
  making.value = beginning;
}

/** As it is typed. */
export interface Fields {
  type: Kind;
  portal_id: string;
  first_name: string;
  last_name: string;
  email: string;
  title: string;
  problem: string;
  mine: boolean;
}

export function portalsOf({ companies }: Technician): { id: string; label: string }[] {
  return companies.flatMap(({ name, portal }) =>
    portal ? [{ id: portal.id, label: `${name} · ${portal.address}` }] : [],
  );
}

/** What is known already is filled in. */
export function fieldsOf({ from, entry }: Beginning, portals: readonly { id: string }[]): Fields {
  const customer = from?.customer ?? { first_name: "", last_name: "", email: "" };
  return {
    type: from ? "request" : "call",
    portal_id: from?.portal.id ?? portals[0]?.id ?? "",
    ...customer,
    title: "",
    problem: entry?.text ?? from?.preview ?? "",
    mine: true,
  };
}

export function makeCase(
  token: TokenSource,
  clientId: string,
  fields: Fields,
  { from, entry }: Beginning,
  locale: string,
): Promise<Case> {
  const { type, portal_id, first_name, last_name, email, title, problem, mine } = fields;
  const body: NewCase = {
    client_id: clientId,
    type,
    portal_id,
    customer: { first_name: first_name.trim(), last_name: last_name.trim(), email: email.trim() },
    title: title.trim(),
    problem,
    locale,
    mine,
    refers_to: from?.id ?? null,
    refers_from: entry?.id ?? null,
  };
  return request("/cases/cases", { method: "POST", body, token, idempotent: true });
}
