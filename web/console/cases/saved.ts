import { signal } from "@preact/signals";
import type { NewFilter, SavedFilterView } from "../../shared/generated/rest";
import { Again } from "../again";
import type { Case } from "../model";
import { cleaned, fits } from "./filter";
import { naturalOf } from "./sorting";
import type { View } from "./place";

export interface SavedSource {
  filters(): Promise<readonly SavedFilterView[]>;
  addFilter(filter: NewFilter): Promise<SavedFilterView>;
  changeFilter(id: string, filter: NewFilter): Promise<SavedFilterView>;
  removeFilter(id: string): Promise<unknown>;
}

/** The saved filters with their counts, which follow every change of a case that is known. */
export class SavedFilters {
  readonly all = signal<readonly SavedFilterView[]>([]);
  private readonly again = new Again();

  constructor(
    private readonly source: SavedSource,
    private readonly me: string,
  ) {}

  async load(): Promise<void> {
    this.again.hold();
    try {
      this.all.value = await this.source.filters();
      this.again.rest();
    } catch (error) {
      // The lists work without, but what they count would be wrong until something else changed.
      this.again.soon(error, () => this.load());
    }
  }

  /** One case changed; `before` is null for one that has just come. */
  follow(before: Case | null, after: Case): void {
    if (this.all.peek().length === 0) return;
    const counted = this.all.peek().map((saved) => {
      const by =
        Number(this.has(saved, after)) - Number(before !== null && this.has(saved, before));
      // What is not counted to its end is not changed by one case.
      return by === 0 || saved.more ? saved : { ...saved, count: Math.max(0, saved.count + by) };
    });
    if (counted.some((saved, at) => saved !== this.all.peek()[at])) this.all.value = counted;
  }

  async add(filter: NewFilter): Promise<SavedFilterView> {
    const made = await this.source.addFilter(filter);
    this.all.value = byName([...this.all.peek(), made]);
    return made;
  }

  async change(id: string, filter: NewFilter): Promise<SavedFilterView> {
    const changed = await this.source.changeFilter(id, filter);
    const others = this.all.peek().filter((saved) => saved.id !== id);
    this.all.value = byName([...others, changed]);
    return changed;
  }

  /** The same filter under another name. */
  rename({ id, shared, list, filter, sort, direction }: SavedFilterView, name: string) {
    return this.change(id, { name, shared, list, filter, sort, direction });
  }

  async remove(id: string): Promise<void> {
    await this.source.removeFilter(id);
    this.all.value = this.all.peek().filter((saved) => saved.id !== id);
  }

  private has(saved: SavedFilterView, item: Case): boolean {
    return fits(item, saved.list, cleaned(saved.filter), this.me);
  }
}

/** The list that a saved filter opens. */
export function viewOf(saved: SavedFilterView): View {
  const { id, filter, sort, direction } = saved;
  return { filter: cleaned(filter), sort, direction: direction ?? naturalOf(sort), saved: id };
}

function byName(saved: readonly SavedFilterView[]): SavedFilterView[] {
  return saved.toSorted((one, other) => one.name.localeCompare(other.name));
}
