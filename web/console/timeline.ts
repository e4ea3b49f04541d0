import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { TimelineEntry } from "../shared/generated/rest";
import { Again } from "./again";
import type { Case } from "./model";

export interface TimelineSource {
  timeline(id: string, after: number): Promise<{ entries: TimelineEntry[]; version: number }>;
}

/** What happened to the case on screen; read on whenever its version says that there is more. */
export class Timeline {
  readonly entries = signal<readonly TimelineEntry[]>([]);
  readonly failure = signal<unknown>(null);
  private of: string | null = null;
  private through = 0;
  private wanted = 0;
  private reading = false;
  private readonly again = new Again();

  constructor(private readonly source: TimelineSource) {}

  /** Follows the selected case until the answer is called. */
  follow(selected: ReadonlySignal<Case | undefined>): () => void {
    const leave = effect(() => {
      const item = selected.value;
      untracked(() => this.look(item));
    });
    return () => {
      leave();
      this.look(undefined);
    };
  }

  retry(item: Case): void {
    void this.read(item.id, item.version);
  }

  private look(item: Case | undefined): void {
    if (item?.id !== this.of) {
      this.of = item?.id ?? null;
      this.through = 0;
      this.entries.value = [];
      this.failure.value = null;
      this.again.rest();
      // What is still on its way is of another case, and is thrown away when it comes.
      this.reading = false;
    }
    this.wanted = item?.version ?? 0;
    if (item && this.wanted > this.through && !this.reading) void this.read(item.id, item.version);
  }

  private async read(id: string, version: number): Promise<void> {
    this.reading = true;
    this.again.hold();
    try {
      const { entries } = await this.source.timeline(id, this.through);
      if (id !== this.of) return;
      this.take(entries, version);
      this.failure.value = null;
      this.again.rest();
    } catch (error) {
      if (id !== this.of) return;
      this.failure.value = error;
      this.wanted = this.through;
      // No change of the case has to come that would ask again.
      this.again.soon(error, () => this.read(id, version));
    }
    this.reading = false;
    if (this.wanted > this.through) void this.read(id, this.wanted);
  }

  private take(entries: readonly TimelineEntry[], version: number): void {
    const known = new Set(this.entries.peek().map(({ version: one }) => one));
    const fresh = entries.filter(({ version: one }) => !known.has(one));
    this.entries.value = [...this.entries.peek(), ...fresh];
    this.through = Math.max(version, entries.at(-1)?.version ?? 0);
  }
}
