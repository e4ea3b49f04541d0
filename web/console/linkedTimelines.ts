import { effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { TimelineEntry } from "../shared/generated/rest";
import { Again } from "./again";
import type { CaseMap } from "./cases/lists";
import { mergedIds } from "./linked";
import type { Case } from "./model";
import type { TimelineSource } from "./timeline";

/** What happened to the cases that were merged into the one on screen; read on as their versions grow. */
export class LinkedTimelines {
  readonly entries: Signal<ReadonlyMap<string, readonly TimelineEntry[]>> = signal(new Map());
  private through = new Map<string, number>();
  private of: string | null = null;
  /** Those that were looked for last. */
  private merged: readonly Case[] = [];
  /** By case: that one can be read does not say that another is asked for no more. */
  private asking = new Map<string, Again>();

  constructor(private readonly source: TimelineSource) {}

  follow(selected: ReadonlySignal<Case | undefined>, cases: ReadonlySignal<CaseMap>): () => void {
    const leave = effect(() => {
      const item = selected.value;
      const known = cases.value;
      const merged = item ? mergedIds(item, known).flatMap((id) => known.get(id) ?? []) : [];
      untracked(() => this.look(item?.id ?? null, merged));
    });
    return () => {
      leave();
      this.look(null, []);
    };
  }

  private look(of: string | null, merged: readonly Case[]): void {
    if (of !== this.of) {
      this.of = of;
      this.through = new Map();
      this.entries.value = new Map();
      for (const again of this.asking.values()) again.rest();
      this.asking = new Map();
    }
    this.merged = merged;
    for (const { id, version } of merged) {
      const before = this.through.get(id) ?? 0;
      if (version <= before) continue;
      // Noted at once, so that what is on its way is not asked for again.
      this.through.set(id, version);
      void this.read(of, id, before);
    }
  }

  private async read(of: string | null, id: string, after: number): Promise<void> {
    try {
      const { entries } = await this.source.timeline(id, after);
      if (of !== this.of) return;
      this.asking.get(id)?.rest();
      const known = this.entries.peek().get(id) ?? [];
      const seen = new Set(known.map((entry) => entry.id));
      const all = [...known, ...entries.filter((entry) => !seen.has(entry.id))];
      this.entries.value = new Map([...this.entries.peek(), [id, all]]);
    } catch (error) {
      if (of !== this.of) return;
      this.through.set(id, after);
      this.againOf(id).soon(error, () => this.again(of));
    }
  }

  private againOf(id: string): Again {
    const again = this.asking.get(id) ?? new Again();
    this.asking.set(id, again);
    return again;
  }

  /** What could not be read is asked for once more, unless another case is on screen by now. */
  private again(of: string | null): void {
    if (of === this.of) this.look(of, this.merged);
  }
}
