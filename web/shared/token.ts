/** A short-lived access token that is fetched when needed and renewed before it ends. */
import type { Token } from "./generated/rest";
import { serverNow } from "./time";

export type AccessToken = Token;

/** A token this close to its end is renewed first, so that it does not expire on its way. */
export const RENEW_BEFORE = 60_000;

export class TokenSource {
  private current: AccessToken | null;
  private pending: Promise<AccessToken> | null = null;

  /** `renew` asks the server; it throws `ApiError` when the server refuses for good. */
  constructor(
    private readonly renew: () => Promise<AccessToken>,
    first: AccessToken | null = null,
  ) {
    this.current = first;
  }

  async get(): Promise<string> {
    if (this.current && this.timeLeft() > RENEW_BEFORE) return this.current.access_token;
    return (await this.fetch()).access_token;
  }

  /** Milliseconds until the present token ends; 0 without one. */
  timeLeft(): number {
    return this.current ? Math.max(0, Date.parse(this.current.expires_at) - serverNow()) : 0;
  }

  /** Drops a token that the server refused, unless a newer one is already here. */
  invalidate(refused?: string): void {
    if (!refused || this.current?.access_token === refused) this.current = null;
  }

  /** Callers at the same moment share one request. */
  private fetch(): Promise<AccessToken> {
    this.pending ??= this.renew()
      .then((token) => {
        this.current = token;
        return token;
      })
      .finally(() => {
        this.pending = null;
      });
    return this.pending;
  }
}
