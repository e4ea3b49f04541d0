import { type Signal, signal } from "@preact/signals";

/** The cases that are chosen for doing something with all of them. */
export class Selection {
  readonly ids: Signal<ReadonlySet<string>> = signal(new Set());
  /** Where a range begins: the row that was chosen last by itself. */
  private anchor: string | null = null;

  toggle(id: string): void {
    const next = new Set(this.ids.peek());
    if (!next.delete(id)) next.add(id);
    this.anchor = id;
    this.ids.value = next;
  }

  /** Everything from the row chosen last up to this one, besides what is chosen already. */
  extend(rows: readonly string[], id: string): void {
    const from = rows.indexOf(this.anchor ?? id);
    const to = rows.indexOf(id);
    if (to < 0) return;
    if (from < 0) this.anchor = id;
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    this.ids.value = new Set([...this.ids.peek(), ...rows.slice(first, last + 1)]);
  }

  all(rows: readonly string[]): void {
    this.ids.value = new Set(rows);
  }

  clear(): void {
    this.anchor = null;
    if (this.ids.peek().size > 0) this.ids.value = new Set();
  }
}
