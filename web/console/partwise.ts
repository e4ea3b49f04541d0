/** What is tried on the last month: asked for part by part, until there is no more or somebody stops it (N9). */
import { signal } from "@preact/signals";

export type Ask<Wanted, Part> = (wanted: Wanted, after: string | null) => Promise<Part>;

export class Partwise<Wanted, Part extends { next: string | null }, Sum> {
  /** Null while nothing was tried. */
  readonly sum = signal<Sum | null>(null);
  readonly busy = signal(false);
  readonly failure = signal<unknown>(null);
  private turn = 0;

  constructor(
    private readonly ask: Ask<Wanted, Part>,
    private readonly added: (before: Sum | null, part: Part) => Sum,
  ) {}

  async run(wanted: Wanted): Promise<void> {
    this.clear();
    const turn = ++this.turn;
    this.busy.value = true;
    let after: string | null = null;
    try {
      do {
        const part: Part = await this.ask(wanted, after);
        if (turn !== this.turn) return;
        this.sum.value = this.added(this.sum.peek(), part);
        after = part.next;
      } while (after !== null);
    } catch (error) {
      if (turn === this.turn) this.failure.value = error;
    } finally {
      if (turn === this.turn) this.busy.value = false;
    }
  }

  /** What was found so far stays. */
  stop(): void {
    this.turn += 1;
    this.busy.value = false;
  }

  /** What was tried is not what stands in the form any more. */
  clear(): void {
    this.stop();
    this.sum.value = null;
    this.failure.value = null;
  }
}
