import { signal } from "@preact/signals";
import type { MailView } from "../shared/generated/rest";
import { isSettled } from "../shared/transcripts";

export type { MailView as Mail } from "../shared/generated/rest";

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 15_000;
/** A mail that was just asked for needs a moment to come into the list, so it is looked for more than once. */
const LOOKS = 3;

/** The mails about one case, read again as long as one of them is on its way. */
export class CaseMails {
  readonly mails = signal<readonly MailView[]>([]);
  /** Why they could not be read; null once they could. */
  readonly failure = signal<unknown>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_PAUSE;
  private looks = 0;
  /** Grows with each beginning: an answer to an earlier one is thrown away. */
  private turn = 0;

  constructor(private readonly list: () => Promise<readonly MailView[]>) {}

  /** Begins to look: at first sight, and whenever there may be one more. */
  refresh(): void {
    this.stop();
    this.pause = FIRST_PAUSE;
    this.looks = 0;
    void this.look(this.turn);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
  }

  private async look(turn: number): Promise<void> {
    const found = await this.read();
    if (turn !== this.turn) return;
    if (found) this.mails.value = found;
    this.looks += 1;
    if (this.looks >= LOOKS && this.mails.value.every(isSettled)) return;
    this.timer = setTimeout(() => void this.look(turn), this.pause);
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.5);
  }

  private async read(): Promise<readonly MailView[] | null> {
    try {
      const found = await this.list();
      this.failure.value = null;
      return found;
    } catch (error) {
      this.failure.value = error;
      return null;
    }
  }
}
