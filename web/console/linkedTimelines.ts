import { effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { TimelineEntry } from "../shared/generated/rest";
import type { CaseMap } from "./cases/lists";
import { mergedIds } from "./linked";
import type { Case } from "./model";
import type { TimelineSource } from "./timeline";

/** What happened to the cases that were merged into the one on screen; read on as their versions grow. */
export class LinkedTimelines {
  readonly entries: Signal<ReadonlyMap<string, readonly TimelineEntry[]>> = signal(new Map());
  private through = new Map<string, number>();
  private of: string | null = null;

  constructor(private readonly source: TimelineSource) {}

  follow(selected: ReadonlySignal<Case | undefined>, cases: ReadonlySignal<CaseMap>): () => void {
    return effect(() => {
      const item = selected.value;
      const known = cases.value;
      const merged = item ? mergedIds(item, known).flatMap((id) => known.get(id) ?? []) : [];
      untracked(() => this.look(item?.id ?? null, merged));
    });
  }

  private look(of: string | null, merged: readonly Case[]): void {
    if (of !== this.of) {
      this.of = of;
      this.through = new Map();
      this.entries.value = new Map();
    }
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
      const known = this.entries.peek().get(id) ?? [];
      const seen = new Set(known.map((entry) => entry.id));
      const all = [...known, ...entries.filter((entry) => !seen.has(entry.id))];
      this.entries.value = new Map([...this.entries.peek(), [id, all]]);
    } catch {
      // The next change of the case asks again.
      if (of === this.of) this.through.set(id, after);
    }
  }
}
