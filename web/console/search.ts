import { signal } from "@preact/signals";
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
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(private readonly source: SearchSource) {}

  type(query: string): void {
    this.query.value = query;
    this.turn += 1;
    clearTimeout(this.timer);
    if (query.trim().length < SHORTEST) {
      this.found.value = null;
      this.failure.value = null;
      return;
    }
    const { turn } = this;
    this.timer = setTimeout(() => void this.look(query.trim(), turn), TYPING_PAUSE);
  }

  private async look(query: string, turn: number): Promise<void> {
    try {
      const found = await this.source.search(query);
      if (turn !== this.turn) return;
      this.found.value = found;
      this.failure.value = null;
    } catch (error) {
      if (turn === this.turn) this.failure.value = error;
    }
  }
}
