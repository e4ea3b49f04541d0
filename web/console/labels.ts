import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { LabelView } from "../shared/generated/rest";
import { Again } from "./again";

export interface LabelSource {
  labels(): Promise<readonly LabelView[]>;
}

/** The labels of the account; asked for again when a case wears one that nobody here knows. */
export class Labels {
  readonly all = signal<readonly LabelView[]>([]);
  /** Those that can be put on. */
  readonly usable: ReadonlySignal<readonly LabelView[]>;
  /** Whether they were read: before, nobody can say that there are none. */
  readonly known = signal(false);
  private readonly asked = new Set<string>();
  private reading = 0;
  private readonly again = new Again();

  constructor(private readonly source: LabelSource) {
    this.usable = computed(() => this.all.value.filter(({ retired }) => !retired));
  }

  async load(): Promise<void> {
    const reading = ++this.reading;
    try {
      const all = await this.source.labels();
      // An answer that was overtaken may be of before the change.
      if (reading !== this.reading) return;
      this.all.value = all;
      this.known.value = true;
      this.again.rest();
    } catch (error) {
      // Without them a case shows no labels; the next look asks again.
      this.asked.clear();
      this.again.soon(error, () => this.load());
    }
  }

  /** The labels that a case wears, as far as they are known. */
  of(ids: readonly string[]): LabelView[] {
    const found = ids.flatMap((id) => this.all.value.find((label) => label.id === id) ?? []);
    const unknown = ids.filter((id) => !found.some((label) => label.id === id));
    if (unknown.some((id) => !this.asked.has(id))) {
      for (const id of unknown) this.asked.add(id);
      void this.load();
    }
    return found;
  }
}
