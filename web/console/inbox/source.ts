import { request } from "../../shared/api";
import type { InboxCount, InboxView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { InboxSource } from "./inbox";

/** The REST calls about one's own notifications. */
export class InboxCalls implements InboxSource {
  constructor(private readonly token: TokenSource) {}

  /** One's own notifications behind a position, the newest first. */
  inbox(after: string | null): Promise<InboxView> {
    const query = after === null ? "" : `?after=${after}`;
    return request(`/notify/inbox${query}`, { token: this.token });
  }

  /** Everything is read up to a position, or everything about a case. */
  readInbox(what: { through: string } | { case_id: string }): Promise<InboxCount> {
    return request("/notify/inbox/read", {
      method: "POST",
      body: what,
      token: this.token,
      idempotent: true,
    });
  }

  markEntry(id: string, read: boolean): Promise<unknown> {
    return request(`/notify/inbox/${id}`, {
      method: "PUT",
      body: { read },
      token: this.token,
      idempotent: true,
    });
  }

  removeEntry(id: string): Promise<unknown> {
    return request(`/notify/inbox/${id}`, { method: "DELETE", token: this.token });
  }
}
