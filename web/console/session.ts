import { computed, signal } from "@preact/signals";
import { ApiError, request } from "../shared/api";
import type { SignedIn } from "../shared/generated/rest";
import { type AccessToken, TokenSource } from "../shared/token";
import type { Technician } from "./model";

export type Session =
  | { phase: "starting" }
  | { phase: "unreachable"; error: ApiError }
  | { phase: "out"; ended: boolean }
  | { phase: "in"; technician: Technician; fresh: boolean; token: TokenSource };

const current = signal<Session>({ phase: "starting" });

/** Who is signed in. `fresh` after the form was used, not after a reload; `ended` when the server closed a session. */
export const session = computed(() => current.value);

/** Takes up the session of the cookie, if there is one; that nobody answers is said until somebody does. */
export async function resumeSession(): Promise<void> {
  if (current.peek().phase !== "unreachable") current.value = { phase: "starting" };
  try {
    enter(await renew(), false);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    current.value = error.retry ? { phase: "unreachable", error } : { phase: "out", ended: false };
  }
}

/** Throws `ApiError` with `sign_in_failed`, `too_many_attempts` or `invalid_input`. */
export async function signIn(email: string, password: string): Promise<void> {
  const answer = await request<SignedIn>("/portal/session", {
    method: "POST",
    body: { email, password },
  });
  enter(answer, true);
}

/** Ends the session on the server; without an answer the technician stays signed in and is told. */
export async function signOut(): Promise<void> {
  if (current.value.phase !== "in") return;
  await request("/portal/session", {
    method: "DELETE",
    token: current.value.token,
    idempotent: true,
  });
  current.value = { phase: "out", ended: false };
}

/** The server refuses the session: its cookie ran out, or it was ended elsewhere. */
export function sessionEnded(): void {
  if (current.value.phase === "in") current.value = { phase: "out", ended: true };
}

export function updateTechnician(change: Partial<Technician>): void {
  if (current.value.phase !== "in") return;
  current.value = { ...current.value, technician: { ...current.value.technician, ...change } };
}

function renew(): Promise<SignedIn> {
  return request<SignedIn>("/portal/session/renew", { method: "POST", idempotent: true });
}

function isSamePerson({ technician }: SignedIn): boolean {
  const now = current.peek();
  return now.phase !== "in" || now.technician.id === technician.id;
}

async function renewOrEnd(): Promise<AccessToken> {
  try {
    const answer = await renew();
    // All tabs share the cookie: somebody else may have signed in with it, and must not act from here.
    if (!isSamePerson(answer)) throw new ApiError("session_ended", 401);
    return answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) sessionEnded();
    throw error;
  }
}

function enter(answer: SignedIn, fresh: boolean): void {
  const token = new TokenSource(renewOrEnd, answer);
  current.value = { phase: "in", technician: answer.technician, fresh, token };
}
