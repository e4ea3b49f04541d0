import { ApiError, request } from "../shared/api";
import { newId } from "../shared/ids";
import type {
  AlertList,
  AlertView,
  CasesColleague as Colleague,
  ConversationView,
  DeviceView,
  ErasureList,
  ErasureView,
  FoundCases,
  LookList,
  LookView,
  MailList,
  MailView,
  ManyResult,
  ManyResults,
  MovedOn,
  Team,
  Timeline as TimelineView,
} from "../shared/generated/rest";
import type { TokenSource } from "../shared/token";
import type { ActionSource } from "./cases/actions";
import type { CaseSource } from "./cases/loader";
import type { Narrowed } from "./cases/narrowed";
import type { Act } from "./cases/pending";
import { writeView } from "./cases/place";
import type { Written } from "./mailing/mail";
import type { Case, CasePage, ListName } from "./model";

/** The REST calls about cases, with the technician's token. */
export class Backend implements CaseSource, ActionSource {
  constructor(private readonly token: TokenSource) {}

  list(list: ListName, after: string | null, limit: number): Promise<CasePage> {
    const query = new URLSearchParams({ list, limit: String(limit) });
    if (after !== null) query.set("after", after);
    return request(`/cases/cases?${query}`, { token: this.token });
  }

  narrowed({ list, view }: Narrowed, after: string | null, limit: number): Promise<CasePage> {
    const query = writeView({ ...view, saved: null });
    query.set("list", list);
    query.set("limit", String(limit));
    if (after !== null) query.set("after", after);
    return request(`/cases/cases?${query}`, { token: this.token });
  }

  /** An act on many cases, each decided by itself on the state it was seen in. */
  async actOnMany(items: readonly Case[], act: Act): Promise<readonly ManyResult[]> {
    const { state_version: _, ...action } = bodyOf(act, 0);
    const cases = items.map(({ id, state_version }) => ({ id, state_version }));
    // A question that is repeated, because its answer was lost, does nothing twice and is answered as the first.
    const body = { cases, action: { do: act.do, ...action }, client_id: newId() };
    const { results } = await request<ManyResults>("/cases/many", {
      method: "POST",
      body,
      token: this.token,
      idempotent: true,
    });
    return results;
  }

  /** Takes back one's own changes, each by the version that it made; repeated it changes nothing more. */
  async undoMany(
    changes: readonly { id: string; version: number }[],
  ): Promise<readonly ManyResult[]> {
    const { results } = await request<ManyResults>("/cases/many/undo", {
      method: "POST",
      body: { changes },
      token: this.token,
      idempotent: true,
    });
    return results;
  }

  get(id: string): Promise<Case> {
    return request(`/cases/cases/${id}`, { token: this.token });
  }

  /** Repeated when it may not have been heard: what is as wanted already, by the same person, is no change. */
  act(id: string, act: Act, stateVersion: number): Promise<Case> {
    const body = bodyOf(act, stateVersion);
    return request(`/cases/cases/${id}/${act.do}`, {
      method: "POST",
      body,
      token: this.token,
      idempotent: true,
    });
  }

  async search(query: string): Promise<readonly Case[]> {
    const { cases } = await request<FoundCases>(
      `/cases/search?${new URLSearchParams({ q: query })}`,
      {
        token: this.token,
      },
    );
    return cases;
  }

  /** What happened to a case behind a version. */
  timeline(id: string, after: number): Promise<TimelineView> {
    return request(`/cases/cases/${id}/timeline?after=${after}`, { token: this.token });
  }

  /** Who had the case before them, the newest look first. */
  async looks(id: string): Promise<readonly LookView[]> {
    const path = `/cases/cases/${id}/looks`;
    return (await request<LookList>(path, { token: this.token })).looks;
  }

  /** The case is before whoever is signed in. */
  noteLook(id: string): Promise<unknown> {
    return request(`/cases/cases/${id}/looks`, { method: "POST", token: this.token });
  }

  /** Who can be given the case, or be called in its notes. */
  async team(id: string): Promise<readonly Colleague[]> {
    const { technicians } = await request<Team>(`/cases/cases/${id}/technicians`, {
      token: this.token,
    });
    return technicians;
  }

  /** The same `clientId` on every try, so that a note is written once. */
  note(id: string, clientId: string, text: string, mentions: readonly string[]): Promise<Case> {
    return request(`/cases/cases/${id}/note`, {
      method: "POST",
      body: { client_id: clientId, text, mentions },
      token: this.token,
      idempotent: true,
    });
  }

  /** A mail to the customer; the same `client_id` on every try, so that it is written once. */
  mail(id: string, mail: Written, stateVersion: number): Promise<Case> {
    return request(`/cases/cases/${id}/mail`, {
      method: "POST",
      body: { ...mail, state_version: stateVersion },
      token: this.token,
      idempotent: true,
    });
  }

  /** Takes back one's own change, which made that version, while nobody has gone on from there; again it is the same. */
  undo(id: string, version: number): Promise<Case> {
    return request(`/cases/cases/${id}/undo`, {
      method: "POST",
      body: { version },
      token: this.token,
      idempotent: true,
    });
  }

  movedOn(error: unknown): MovedOn | null {
    if (!(error instanceof ApiError) || error.code !== "case_moved_on") return null;
    return error.params as unknown as MovedOn;
  }

  async device(id: string): Promise<DeviceView | null> {
    const answer = await request<ConversationView>(`/chat/conversations/${id}`, {
      token: this.token,
    });
    return answer.device ?? null;
  }

  /** Every mail about a case, the first requested first. */
  async mails(id: string): Promise<readonly MailView[]> {
    const { mails } = await request<MailList>(`/notify/cases/${id}/mails`, { token: this.token });
    return mails;
  }

  /** Every decision on whom to tell that the case waits, the first one first. */
  async alerts(id: string): Promise<readonly AlertView[]> {
    const { alerts } = await request<AlertList>(`/notify/cases/${id}/alerts`, {
      token: this.token,
    });
    return alerts;
  }

  /** For administrators: deletes the case for good, as it was when it was looked at. Again is the same deletion. */
  deleteCase(id: string, stateVersion: number): Promise<ErasureView> {
    return request(`/cases/cases/${id}?state_version=${stateVersion}`, {
      method: "DELETE",
      token: this.token,
      idempotent: true,
    });
  }

  /** For administrators: the receipts of deleted cases, the latest first. */
  erasures(after: string | null): Promise<ErasureList> {
    const query = after === null ? "" : `?after=${after}`;
    return request(`/cases/erasures${query}`, { token: this.token });
  }

  /** Ends the chat for both sides. The same id on every try, so that it ends once. */
  endChat(id: string, clientId: string): Promise<unknown> {
    return request(`/chat/conversations/${id}/end`, {
      method: "POST",
      body: { client_id: clientId },
      token: this.token,
      idempotent: true,
    });
  }

  /** Deletes a message for both sides; the same again has the same answer. */
  deleteMessage(caseId: string, messageId: string): Promise<unknown> {
    return request(`/chat/conversations/${caseId}/messages/${messageId}`, {
      method: "DELETE",
      token: this.token,
      idempotent: true,
    });
  }
}

/** What is said of a mark outdates nothing, so it names no version. */
const ON_STATE: ReadonlySet<Act["do"]> = new Set([
  "assign",
  "resolve",
  "reopen",
  "open",
  "pending",
  "snooze",
  "transfer",
]);

function bodyOf(act: Act, stateVersion: number): Record<string, unknown> {
  if (act.do === "macro") {
    const { macro, client_id } = act;
    return { macro, client_id, state_version: stateVersion };
  }
  const { do: name, ...rest } = act;
  const said = act.do === "transfer" ? { ...rest, to: act.to?.id ?? null } : rest;
  return ON_STATE.has(name) ? { ...said, state_version: stateVersion } : said;
}
