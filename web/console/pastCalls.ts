import { request } from "../shared/api";
import type { CustomerCase } from "../shared/generated/rest";
import type { TokenSource } from "../shared/token";
import type { Entry } from "../shared/wire";
import type { Case } from "./model";

interface EntryPage {
  entries: Entry[];
  through: number;
  more: boolean;
}

/** The REST calls about a case as it was. */
export class PastCalls {
  constructor(private readonly token: TokenSource) {}

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
}
