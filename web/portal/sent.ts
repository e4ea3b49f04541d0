/** A request that was sent from the form: a case that never was a chat. */
import type { TokenSource } from "../shared/token";
import type { Visit } from "./backend";
import { OwnCase } from "./case";

export class SentRequest {
  readonly own: OwnCase;

  constructor(
    readonly visit: Visit,
    readonly number: number,
    tokens: TokenSource,
  ) {
    this.own = new OwnCase(visit.conversation_id, tokens);
  }

  close(): void {
    this.own.stop();
  }

  lookAgain(): void {
    void this.own.look();
  }
}
