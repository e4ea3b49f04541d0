/** How it was, once a case is resolved. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { Action } from "../shared/action";
import type { CustomerCase, SurveyAnswer } from "../shared/generated/rest";
import { forget, load, save } from "../shared/local";
import { Form } from "./form";

export const RATINGS = [1, 2, 3, 4, 5] as const;

const DRAFT = "deskbus.survey.";
const OVER = new Set(["survey_answered", "survey_not_open"]);

/** What a survey is about, as its customer reached it: with the page of their own, or by the link of a mail. */
export interface Surveyed {
  /** Under which a draft is kept. */
  readonly id: string;
  /** Null until it was found. */
  readonly shown: ReadonlySignal<Pick<CustomerCase, "survey" | "rating"> | null>;
  look(): Promise<void>;
  answer(answer: SurveyAnswer): Promise<void>;
}

interface Draft {
  rating: number | null;
  comment: string;
}

export class Survey {
  readonly form: Form;
  readonly rating = signal<number | null>(null);
  /** Whether it was sent without a rating. */
  readonly missing = signal(false);
  readonly sending = new Action();
  private readonly draft: string;

  constructor(private readonly own: Surveyed) {
    this.draft = DRAFT + own.id;
    const kept = load<Draft>(this.draft);
    this.rating.value = kept?.rating ?? null;
    this.form = new Form({ comment: kept?.comment ?? "" }, () => this.keep());
  }

  rate(rating: number): void {
    this.rating.value = rating;
    this.missing.value = false;
    this.keep();
  }

  async send(): Promise<void> {
    const rating = this.rating.peek();
    this.missing.value = rating === null;
    const values = this.form.check({ comment: "optional" });
    if (rating === null || !values) return;
    const answer = { rating, comment: values.comment };
    await this.sending.run(
      async () => {
        await this.own.answer(answer);
        forget(this.draft);
      },
      (error) => this.form.refuse(error.fields) || this.isOver(error.code),
    );
  }

  /** Answered in another window, or open no more: the case tells what to show instead. */
  private isOver(code: string): boolean {
    if (OVER.has(code)) void this.own.look();
    return OVER.has(code);
  }

  private keep(): void {
    const { comment } = this.form.values.peek();
    save(this.draft, { rating: this.rating.peek(), comment } satisfies Draft);
  }
}
