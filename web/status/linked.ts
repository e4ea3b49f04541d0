/** A request as the link of a mail shows it. */
import { signal } from "@preact/signals";
import type { Surveyed } from "../portal/survey";
import { ApiError } from "../shared/api";
import type { SurveyAnswer } from "../shared/generated/rest";
import { answerLinked, type LinkedCase, linkedCase } from "./backend";

/** How often the page asks again how things are, while somebody looks. */
const LOOK_AGAIN = 30_000;
/** With these the link will not show anything any more. */
const FINAL = new Set(["link_invalid", "case_unknown", "conversation_deleted"]);
const DRAFT_NAME = 16;

export class LinkedRequest implements Surveyed {
  /** Null until it was found; it stays as last seen while nobody can be asked. */
  readonly shown = signal<LinkedCase | null>(null);
  /** Why there is nothing to show. */
  readonly failure = signal<ApiError | null>(null);
  readonly id: string;
  private asked = 0;

  constructor(private readonly token: string) {
    // A part of the token: the name of a draft must not open the case.
    this.id = token.slice(0, DRAFT_NAME);
  }

  async start(): Promise<void> {
    const look = () => {
      if (document.visibilityState !== "hidden") void this.look();
    };
    setInterval(look, LOOK_AGAIN);
    document.addEventListener("visibilitychange", look);
    await this.look();
  }

  /** Asks how the request is; the answer to the latest question counts. */
  async look(): Promise<void> {
    const asked = ++this.asked;
    try {
      const found = await linkedCase(this.token);
      if (asked === this.asked) this.show(found);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const tells = FINAL.has(error.code) || this.shown.peek() === null;
      if (asked === this.asked && tells) this.failure.value = error;
    }
  }

  async answer(answer: SurveyAnswer): Promise<void> {
    const answered = await answerLinked({ token: this.token, ...answer });
    this.asked++;
    this.show(answered);
  }

  private show(found: LinkedCase): void {
    this.shown.value = found;
    this.failure.value = null;
  }
}
