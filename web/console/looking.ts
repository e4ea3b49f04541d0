import { signal } from "@preact/signals";
import { isAway } from "./again";

const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 15_000;
/** What a case has just caused needs a moment to come into the list, so it is looked for more than once. */
const LOOKS = 3;

/** A list about one case, such as its mails: read a few times, and on as long as something in it is on its way. */
export class Looking<T> {
  readonly found = signal<readonly T[]>([]);
  /** Whether nothing more is expected: what is not there by now is not to come. */
  readonly done = signal(false);
  /** Why they could not be read; null once they could. */
  readonly failure = signal<unknown>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_PAUSE;
  private looks = 0;
  /** Grows with each beginning: an answer to an earlier one is thrown away. */
  private turn = 0;

  constructor(
    private readonly list: () => Promise<readonly T[]>,
    private readonly isSettled: (item: T) => boolean = () => true,
  ) {}

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
    if (found) this.found.value = found;
    // Where nobody answered nothing was seen: it is looked for until somebody does.
    if (found || !isAway(this.failure.peek())) this.looks += 1;
    this.done.value = this.looks >= LOOKS && this.found.value.every(this.isSettled);
    if (this.done.value) return;
    this.timer = setTimeout(() => void this.look(turn), this.pause);
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.5);
  }

  private async read(): Promise<readonly T[] | null> {
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
