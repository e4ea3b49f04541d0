import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { t } from "../../shared/i18n";
import { explain } from "../explain";
import { dismiss, toast } from "../toasts";

export interface CollectionSource<T> {
  list(): Promise<readonly T[]>;
  remove(item: T): Promise<unknown>;
}

/**
 * The named things of a section, such as labels or rules: read once, and kept as they are saved and deleted here.
 * What is deleted goes out of sight at once and from the server when it is not offered any more to undo it, or when
 * the section is left: until then nothing has happened that would have to be made anew.
 */
export class Collection<T extends { id: string }> {
  /** Null until they were read. */
  readonly items: ReadonlySignal<readonly T[] | null>;
  readonly failure = signal<unknown>(null);
  /** What came back last because its removal was undone. */
  readonly restored = signal<string | null>(null);
  private readonly known: Signal<readonly T[] | null> = signal(null);
  /** What waits to be deleted, with the toast that offers to undo it. */
  private readonly removals: Signal<ReadonlyMap<string, number>> = signal(new Map());

  constructor(
    private readonly source: CollectionSource<T>,
    private readonly nameOf: (item: T) => string,
  ) {
    this.items = computed(
      () => this.known.value?.filter(({ id }) => !this.removals.value.has(id)) ?? null,
    );
  }

  async load(): Promise<void> {
    try {
      this.known.value = await this.source.list();
      this.failure.value = null;
    } catch (error) {
      this.failure.value = error;
    }
  }

  /** The thing as it was saved: in the place of its former self, or at the end. */
  put(item: T): void {
    const known = this.known.peek() ?? [];
    const has = known.some(({ id }) => id === item.id);
    this.known.value = has
      ? known.map((one) => (one.id === item.id ? item : one))
      : [...known, item];
  }

  /** All of them, in another order. */
  arrange(items: readonly T[]): void {
    this.known.value = items;
  }

  remove(item: T): void {
    if (this.removals.peek().has(item.id)) return;
    this.restored.value = null;
    const said = toast({
      tone: "done",
      text: t("settings-deleted", { name: this.nameOf(item) }),
      action: { label: t("undo"), run: () => this.undo(item.id) },
      gone: () => void this.settle(item.id),
    });
    this.removals.value = new Map(this.removals.peek()).set(item.id, said);
  }

  /** Deletes now what waits for it: called when the section is left, because nobody could undo it any more. */
  async flush(): Promise<void> {
    await Promise.all([...this.removals.peek().keys()].map((id) => this.settle(id)));
  }

  private async settle(id: string): Promise<void> {
    const item = this.known.peek()?.find((one) => one.id === id);
    const said = this.removals.peek().get(id);
    if (!item || said === undefined) return;
    dismiss(said);
    try {
      await this.source.remove(item);
      this.known.value = this.known.peek()?.filter((one) => one.id !== id) ?? null;
    } catch (error) {
      explain(error);
    }
    this.forget(id);
  }

  private undo(id: string): void {
    this.forget(id);
    this.restored.value = id;
  }

  private forget(id: string): void {
    this.removals.value = new Map([...this.removals.peek()].filter(([known]) => known !== id));
  }
}
