import { computed, signal } from "@preact/signals";
import { Again } from "./again";
import type { Case } from "./model";

/** A search begins with as many characters; the server asks for them too. */
export const SHORTEST = 2;
const TYPING_PAUSE = 180;

export interface SearchSource {
  search(query: string): Promise<readonly Case[]>;
}

/** What is typed into the search, and what was found for it: an answer to what was typed before is thrown away. */
export class Search {
  readonly query = signal("");
  /** Null while nothing was looked for. */
  readonly found = signal<readonly Case[] | null>(null);
  readonly failure = signal<unknown>(null);
  /** Something is typed, but too little to look for. */
  readonly short = computed(() => {
    const { length } = this.query.value.trim();
    return length > 0 && length < SHORTEST;
  });
  /** Whether what was found was found for what is typed now. */
  readonly settled = signal(true);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly again = new Again();
  private turn = 0;
  private asked: Promise<void> | null = null;

  constructor(private readonly source: SearchSource) {}

  type(query: string): void {
    this.query.value = query;
    this.turn += 1;
    this.asked = null;
    clearTimeout(this.timer);
    this.again.rest();
    this.settled.value = query.trim().length < SHORTEST;
    if (this.settled.value) {
      this.found.value = null;
      this.failure.value = null;
    } else this.timer = setTimeout(() => void this.ask(), TYPING_PAUSE);
  }

  /** What fits best, waited for: null when nothing does, nobody answered, or something else is typed by then. */
  async best(): Promise<Case | null> {
    if (this.query.peek().trim().length < SHORTEST) return null;
    const { turn } = this;
    await this.ask();
    if (turn !== this.turn || !this.settled.peek()) return null;
    const number = this.query.peek().trim().replace(/^#/, "");
    const found = this.found.peek() ?? [];
    return found.find((item) => String(item.number) === number) ?? found[0] ?? null;
  }

  /** Asks now, and once for the same words; after a failure once more. */
  private ask(): Promise<void> {
    clearTimeout(this.timer);
    this.asked ??= this.look(this.query.peek().trim(), this.turn);
    return this.asked;
  }

  private async look(query: string, turn: number): Promise<void> {
    try {
      const found = await this.source.search(query);
      if (turn !== this.turn) return;
      this.found.value = found;
      this.failure.value = null;
      this.again.rest();
      this.settled.value = true;
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure.value = error;
      this.asked = null;
      this.again.soon(error, () => this.ask());
    }
  }
}
