/** The REST calls of whoever has the link of a mail; the token stands in the body, and in no address. */
import { request } from "../shared/api";
import type { LinkedAnswer, LinkedCase } from "../shared/generated/rest";

export type { LinkedCase } from "../shared/generated/rest";

export function linkedCase(token: string): Promise<LinkedCase> {
  return request("/cases/link", { method: "POST", body: { token }, idempotent: true });
}

/** Repeated, it is refused as answered: then the first one has arrived. */
export function answerLinked(answer: LinkedAnswer): Promise<LinkedCase> {
  return request("/cases/link/survey", { method: "POST", body: answer, idempotent: true });
}
