import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { CasesOfContact } from "../../shared/generated/rest";
import type { Case } from "../model";
import { byNewest } from "../cases/lists";

type Pages = (after: string | null) => Promise<CasesOfContact>;

/** The cases of one contact, page by page; what the desk hears of them meanwhile is seen at once. */
export class CasesOf {
  readonly failure = signal<unknown>(null);
  readonly loading = signal(true);
  readonly next = signal<string | null>(null);
  /** Null until the first page is there. */
  readonly cases: ReadonlySignal<readonly Case[] | null>;
  private readonly read = signal<ReadonlyMap<string, Case> | null>(null);

  constructor(
    private readonly pages: Pages,
    live: ReadonlySignal<ReadonlyMap<string, Case>>,
    private readonly ids: ReadonlySet<string>,
    private readonly except: string | null,
  ) {
    this.cases = computed(() => {
      const read = this.read.value;
      return read && merged(read, live.value, (item) => this.belongs(item));
    });
  }

  async load(): Promise<void> {
    await this.bring(null);
  }

  /** Once more what could not be read: the first page, or the next. */
  async again(): Promise<void> {
    await this.bring(this.next.peek());
  }

  async more(): Promise<void> {
    if (this.next.peek() !== null && !this.loading.peek()) await this.bring(this.next.peek());
  }

  private async bring(after: string | null): Promise<void> {
    this.loading.value = true;
    try {
      const page = await this.pages(after);
      const known = new Map(after === null ? [] : this.read.peek());
      for (const item of page.cases) known.set(item.id, item);
      this.read.value = known;
      this.next.value = page.next;
      this.failure.value = null;
    } catch (error) {
      this.failure.value = error;
    } finally {
      this.loading.value = false;
    }
  }

  private belongs(item: Case): boolean {
    return item.id !== this.except && item.contact_id !== null && this.ids.has(item.contact_id);
  }
}

/** Both, each case in its newest version, the newest case first. */
export function merged(
  read: ReadonlyMap<string, Case>,
  live: ReadonlyMap<string, Case>,
  belongs: (item: Case) => boolean,
): readonly Case[] {
  const found = new Map(read);
  for (const item of live.values()) {
    const known = found.get(item.id);
    if (known ? item.version > known.version : belongs(item)) found.set(item.id, item);
  }
  return [...found.values()].sort(byNewest);
}
