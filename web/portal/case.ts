/** The customer's own case, as far as they may see it. */
import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { SurveyAnswer } from "../shared/generated/rest";
import { backoff, sleep } from "../shared/retry";
import type { TokenSource } from "../shared/token";
import { answerSurvey, type CustomerCase, ownCase } from "./backend";
import type { Surveyed } from "./survey";

const TRIES = 6;

export class OwnCase implements Surveyed {
  /** Null until it was found; it stays as last seen while nobody can be asked. */
  readonly shown = signal<CustomerCase | null>(null);
  /** Whether the company deleted the case. */
  readonly deleted = signal(false);
  private asked = 0;

  constructor(
    readonly id: string,
    private readonly token: TokenSource,
  ) {}

  /** Asks once more how the case is; the answer to the latest question counts. */
  async look(): Promise<void> {
    const asked = ++this.asked;
    for (let attempt = 0; attempt < TRIES && asked === this.asked; attempt++) {
      const found = await this.find();
      if (found && asked === this.asked) this.shown.value = found;
      if (found || this.deleted.peek()) return;
      await sleep(backoff(attempt));
    }
  }

  async answer(answer: SurveyAnswer): Promise<void> {
    this.shown.value = await answerSurvey(this.id, answer, this.token);
  }

  /** Whatever is under way is of no interest any more. */
  stop(): void {
    this.asked++;
  }

  /** The case may be behind its conversation for a moment, and then it is not known yet. */
  private async find(): Promise<CustomerCase | null> {
    try {
      return await ownCase(this.id, this.token);
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.code === "conversation_deleted") this.deleted.value = true;
        return null;
      }
      throw error;
    }
  }
}
