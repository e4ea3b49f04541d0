/** The REST calls of the audit log and of API keys, for administrators. */
import { request, requestFile } from "../../shared/api";
import { hasText, t } from "../../shared/i18n";
import type {
  ApiKeyCreated,
  ApiKeyShown,
  ApiKeys,
  AuditLine,
  AuditList,
  Colleagues,
  NewApiKey,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";

export interface AuditFilter {
  by: string;
  group: string;
  /** Days as a date field has them, `2026-11-22`, in the viewer's zone; empty for no end. */
  since: string;
  until: string;
}

/** Whom a line of the audit log can be by. */
export interface Actor {
  id: string;
  name: string;
}

export const NO_FILTER: AuditFilter = { by: "", group: "", since: "", until: "" };
export const GROUPS = ["sessions", "people", "settings", "cases", "exports", "keys"] as const;
export const SCOPES = [
  "cases:read",
  "cases:write",
  "conversations:read",
  "conversations:write",
  "transcripts:read",
  "transcripts:write",
  "notifications:read",
  "team:read",
  "audit:read",
  "administer",
] as const satisfies readonly NewApiKey["scopes"][number][];

/** What these open is the whole account's: no key that is limited to companies has them. */
export const OF_THE_ACCOUNT: readonly string[] = ["audit:read", "administer"];

/** What a key may, in words; a scope of a later version by its name. */
export function scopeText(scope: string): string {
  const id = `api-scope-${scope.replace(":", "-")}`;
  return hasText(id) ? t(id) : scope;
}

export class Integrations {
  constructor(private readonly token: TokenSource) {}

  async keys(): Promise<readonly ApiKeyShown[]> {
    const { keys } = await request<ApiKeys>("/portal/api-keys", { token: this.token });
    return keys;
  }

  createKey(wanted: NewApiKey): Promise<ApiKeyCreated> {
    return request("/portal/api-keys", { method: "POST", body: wanted, token: this.token });
  }

  revokeKey(id: string): Promise<ApiKeyShown> {
    return request(`/portal/api-keys/${id}/revoke`, {
      method: "POST",
      token: this.token,
      idempotent: true,
    });
  }

  audit(filter: AuditFilter, after: string | null): Promise<AuditList> {
    const query = queryOf(filter);
    if (after !== null) query.set("after", after);
    return request(`/portal/audit?${query}`, { token: this.token });
  }

  exportAudit(filter: AuditFilter, form: "csv" | "jsonl"): Promise<File> {
    const query = queryOf(filter);
    query.set("form", form);
    return requestFile(`/portal/audit/export?${query}`, this.token);
  }

  /** Whom a line can be by: people, then keys, each by name. */
  async actors(): Promise<readonly Actor[]> {
    const [{ technicians }, keys] = await Promise.all([
      request<Colleagues>("/portal/technicians", { token: this.token }),
      this.keys(),
    ]);
    return [...technicians, ...keys].map(({ id, name }) => ({ id, name }));
  }
}

/** A day counts from its midnight to the next one. */
export function queryOf({ by, group, since, until }: AuditFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (by) query.set("by", by);
  if (group) query.set("group", group);
  if (since) query.set("since", midnight(since, 0));
  if (until) query.set("until", midnight(until, 1));
  return query;
}

function midnight(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

export type { ApiKeyShown, AuditLine, NewApiKey };
