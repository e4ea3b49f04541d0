import { request } from "../shared/api";
import type { AccountShown, Colleagues } from "../shared/generated/rest";
import type { TokenSource } from "../shared/token";
import type { Person, Technician } from "./model";

/** The REST calls about whoever is signed in, and about the account that they belong to. */
export class AccountCalls {
  constructor(private readonly token: TokenSource) {}

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

  /** Everybody of the account, for choosing whose cases are looked at. */
  async technicians(): Promise<readonly Person[]> {
    const { technicians } = await request<Colleagues>("/portal/technicians", {
      token: this.token,
    });
    return technicians;
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
}
