import { request } from "../../shared/api";
import type {
  CasesOfContact,
  ContactChange,
  ContactList,
  ContactView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";

const PAGE = 40;

/** The REST calls about contacts, with the technician's token. */
export class ContactSource {
  constructor(private readonly token: TokenSource) {}

  /** A page of all, or with a query those who fit. */
  list(query: string, after: string | null): Promise<ContactList> {
    const asked = new URLSearchParams({ limit: String(PAGE) });
    if (query) asked.set("q", query);
    if (after) asked.set("after", after);
    return request(`/cases/contacts?${asked}`, { token: this.token });
  }

  get(id: string): Promise<ContactView> {
    return request(`/cases/contacts/${id}`, { token: this.token });
  }

  cases(id: string, after: string | null): Promise<CasesOfContact> {
    return request(`/cases/contacts/${id}/cases${pageOf(after)}`, { token: this.token });
  }

  related(caseId: string, after: string | null): Promise<CasesOfContact> {
    return request(`/cases/cases/${caseId}/related${pageOf(after)}`, { token: this.token });
  }

  change(id: string, change: ContactChange): Promise<ContactView> {
    return request(`/cases/contacts/${id}`, { method: "PUT", body: change, token: this.token });
  }

  /** For administrators: with every case, for good. */
  delete(id: string): Promise<unknown> {
    return request(`/cases/contacts/${id}`, { method: "DELETE", token: this.token });
  }

  merge(into: ContactView, other: ContactView): Promise<ContactView> {
    const body = { version: into.version, other: other.id, other_version: other.version };
    return request(`/cases/contacts/${into.id}/merge`, {
      method: "POST",
      body,
      token: this.token,
    });
  }
}

function pageOf(after: string | null): string {
  return after ? `?${new URLSearchParams({ after })}` : "";
}
