/** Getting from the form into a chat or to a request: once, however often the button is pressed. */
import { ApiError } from "../shared/api";
import { newId } from "../shared/ids";
import { forget, load, save } from "../shared/local";
import {
  type Admission,
  type AdmissionKey,
  type AdmissionKind,
  admit,
  redeem,
  submitRequest,
  type Visit,
  type Visitor,
} from "./backend";

const VISIT = "deskbus.visit.";
const KEY = "deskbus.admission.";
const SPENT = new Set(["admission_taken", "ticket_invalid", "conversation_deleted"]);

/** What was opened, with the admission whose token is fresh. */
export interface Entered {
  visit: Visit;
  admission: Admission;
}

export function savedVisit(subdomain: string): Visit | null {
  return load<Visit>(VISIT + subdomain);
}

export function forgetVisit(subdomain: string): void {
  forget(VISIT + subdomain);
}

export function startChat(subdomain: string, visitor: Visitor): Promise<Entered> {
  return enter(subdomain, "live", visitor, async (admission, secret) => {
    await redeem(admission, secret);
    return null;
  });
}

export function leaveRequest(
  subdomain: string,
  visitor: Visitor,
  question: string,
): Promise<Entered> {
  return enter(subdomain, "request", visitor, async (admission, secret) => {
    const { number } = await submitRequest(admission, secret, question);
    return number;
  });
}

/** The visit is kept only once the ticket is used; until then a new try repeats the same admission. */
async function enter(
  subdomain: string,
  kind: AdmissionKind,
  visitor: Visitor,
  use: (admission: Admission, secret: string) => Promise<number | null>,
): Promise<Entered> {
  const kept = `${KEY}${kind}.${subdomain}`;
  const key = admissionKey(kept);
  try {
    const admission = await admit(subdomain, kind, key, visitor);
    const requested = await use(admission, key.secret);
    const { first_name, email } = visitor;
    const { conversation_id } = admission;
    const visit = { conversation_id, secret: key.secret, first_name, email, requested };
    save(VISIT + subdomain, visit);
    forget(kept);
    return { visit, admission };
  } catch (error) {
    // This key opens nothing any more; the next press of the button makes another.
    if (error instanceof ApiError && SPENT.has(error.code)) forget(kept);
    throw error;
  }
}

function admissionKey(name: string): AdmissionKey {
  const kept = load<AdmissionKey>(name);
  if (kept) return kept;
  const made = { admission_id: newId(), secret: makeSecret() };
  save(name, made);
  return made;
}

/** 32 random bytes as base64url: 43 characters. */
function makeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
