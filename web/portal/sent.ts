/** A request that was sent from the form: a case that never was a chat. */
import type { TokenSource } from "../shared/token";
import type { Visit } from "./backend";
import { OwnCase } from "./case";
import { Survey } from "./survey";

export class SentRequest {
  readonly own: OwnCase;
  readonly survey: Survey;

  constructor(
    readonly visit: Visit,
    readonly number: number,
    tokens: TokenSource,
  ) {
    this.own = new OwnCase(visit.conversation_id, tokens);
    this.survey = new Survey(this.own);
  }

  close(): void {
    this.own.stop();
  }

  lookAgain(): void {
    void this.own.look();
  }
}
