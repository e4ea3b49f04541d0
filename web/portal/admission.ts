/** Getting from the form into a chat: once, however often the button is pressed. */
import { ApiError } from "../shared/api";
import { newId } from "../shared/ids";
import { forget, load, save } from "../shared/local";
import {
  type Admission,
  type AdmissionKey,
  admit,
  redeem,
  type Visit,
  type Visitor,
} from "./backend";

const VISIT = "deskbus.visit.";
const KEY = "deskbus.admission.";
const SPENT = new Set(["admission_taken", "ticket_invalid"]);

export function savedVisit(subdomain: string): Visit | null {
  return load<Visit>(VISIT + subdomain);
}

export function forgetVisit(subdomain: string): void {
  forget(VISIT + subdomain);
}

/** The conversation is kept only once it is open; until then a new try repeats the same admission. */
export async function startVisit(
  subdomain: string,
  visitor: Visitor,
): Promise<{ visit: Visit; admission: Admission }> {
  const key = admissionKey(subdomain);
  const admission = await enter(subdomain, key, visitor).catch((error: unknown) => {
    // This key opens nothing any more; the next press of the button makes another.
    if (error instanceof ApiError && SPENT.has(error.code)) forget(KEY + subdomain);
    throw error;
  });
  const { conversation_id } = admission;
  const visit = { conversation_id, secret: key.secret, first_name: visitor.first_name };
  save(VISIT + subdomain, visit);
  forget(KEY + subdomain);
  return { visit, admission };
}

async function enter(subdomain: string, key: AdmissionKey, visitor: Visitor): Promise<Admission> {
  const admission = await admit(subdomain, key, visitor);
  await redeem(admission, key.secret);
  return admission;
}

function admissionKey(subdomain: string): AdmissionKey {
  const kept = load<AdmissionKey>(KEY + subdomain);
  if (kept) return kept;
  const made = { admission_id: newId(), secret: makeSecret() };
  save(KEY + subdomain, made);
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
