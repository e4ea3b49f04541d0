import { ApiError, request } from "../shared/api";
import { newId } from "../shared/ids";
import type {
  AccountShown,
  AlertList,
  AlertView,
  CasesColleague as Colleague,
  Colleagues,
  ConversationView,
  CustomerCase,
  DeviceView,
  ErasureList,
  ErasureView,
  FoundCases,
  LabelChange,
  LabelList,
  LabelView,
  LookList,
  LookView,
  MailList,
  MailView,
  ManyResult,
  ManyResults,
  MovedOn,
  NewLabel,
  Team,
  Timeline as TimelineView,
} from "../shared/generated/rest";
import type { TokenSource } from "../shared/token";
import type { Entry } from "../shared/wire";
import type { ActionSource } from "./cases/actions";
import type { CaseSource } from "./cases/loader";
import type { Narrowed } from "./cases/narrowed";
import type { Act } from "./cases/pending";
import { writeView } from "./cases/place";
import type { Written } from "./mailing/mail";
import type { Case, CasePage, ListName, Person, Technician } from "./model";

interface EntryPage {
  entries: Entry[];
  through: number;
  more: boolean;
}

/** The REST calls of the console, with the technician's token. */
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

  /** Everybody of the account, for choosing whose cases are looked at. */
  async technicians(): Promise<readonly Person[]> {
    const { technicians } = await request<Colleagues>("/portal/technicians", {
      token: this.token,
    });
    return technicians;
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

  /** The case as it was at a version. */
  past(id: string, version: number): Promise<Case> {
    return request(`/cases/cases/${id}/past?version=${version}`, { token: this.token });
  }

  /** What the page of its customer said of the case at a version. */
  pastOfCustomer(id: string, version: number): Promise<CustomerCase> {
    return request(`/cases/cases/${id}/past/customer?version=${version}`, { token: this.token });
  }

  /** The conversation as its customer had it at a time, page by page; empty where there is none. */
  async saidUntil(id: string, at: string): Promise<readonly Entry[]> {
    const found: Entry[] = [];
    for (let after = 0; ;) {
      const query = new URLSearchParams({ at, after: String(after) });
      const page = await request<EntryPage>(`/chat/conversations/${id}/past?${query}`, {
        token: this.token,
      });
      found.push(...page.entries);
      if (!page.more) return found;
      after = page.through;
    }
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

  async labels(): Promise<readonly LabelView[]> {
    const { labels } = await request<LabelList>("/cases/labels", { token: this.token });
    return labels;
  }

  addLabel(label: NewLabel): Promise<LabelView> {
    return request("/cases/labels", { method: "POST", body: label, token: this.token });
  }

  changeLabel(id: string, label: LabelChange): Promise<LabelView> {
    return request(`/cases/labels/${id}`, {
      method: "PUT",
      body: label,
      token: this.token,
      idempotent: true,
    });
  }

  /** Takes back one's own change, which made that version, while nobody has gone on from there. */
  undo(id: string, version: number): Promise<Case> {
    return request(`/cases/cases/${id}/undo`, {
      method: "POST",
      body: { version },
      token: this.token,
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

  /** For administrators: whether what waits is shown to those only who are available. */
  setHideIncoming(hide_incoming: boolean): Promise<AccountShown> {
    const body = { hide_incoming };
    return request("/portal/account", {
      method: "PATCH",
      body,
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

  /** Whoever is signed in, with their companies as they are now. */
  me(): Promise<Technician> {
    return request("/portal/me", { token: this.token });
  }

  setAvailable(available: boolean): Promise<Technician> {
    return this.put("/portal/me/availability", { available });
  }

  setSound(sound: boolean): Promise<Technician> {
    return this.put("/portal/me/sound", { sound });
  }

  private put(path: string, body: unknown): Promise<Technician> {
    return request(path, { method: "PUT", body, token: this.token, idempotent: true });
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
