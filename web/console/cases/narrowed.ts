import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Case, CasePage, ListName } from "../model";
import { fits, without } from "./filter";
import type { View } from "./place";
import { compareKeys, keyOf } from "./sorting";
import { IDLE, type CaseStore, type ListStatus } from "./store";

/** A list with a filter or an order of its own. */
export interface Narrowed {
  list: ListName;
  view: View;
}

export interface NarrowedSource {
  narrowed(wanted: Narrowed, after: string | null, limit: number): Promise<CasePage>;
}

const PAGE = 40;
/** Further pages are larger: who scrolls on wants to get somewhere. */
const FURTHER = 100;
const READING = 100;

/**
 * The list on screen while it is narrowed down or sorted otherwise. Its rows are derived from every case the console
 * knows, by the server's own rules: a case that changes enters or leaves at once. What lies behind the loaded part
 * stays out, because not all of it is known.
 */
export class NarrowedList {
  readonly wanted: Signal<Narrowed | null> = signal(null);
  readonly status: Signal<ListStatus> = signal(IDLE);
  readonly rows: ReadonlySignal<Case[]>;
  /** A reading of what was wanted before must not be taken for one of what is. */
  private turn = 0;
  /** What the server found by the words that are looked for: those of mails are known to it alone. */
  private found = new Set<string>();

  constructor(
    private readonly store: CaseStore,
    private readonly source: NarrowedSource,
  ) {
    this.rows = computed(() => this.derive());
  }

  async open(wanted: Narrowed | null): Promise<void> {
    this.turn += 1;
    this.found = new Set();
    this.wanted.value = wanted;
    this.status.value = wanted ? { ...IDLE, phase: "loading" } : IDLE;
    if (wanted) await this.read(wanted, null, PAGE);
  }

  /** Once more from the beginning; that it could not be read stays until it is there. */
  async again(): Promise<void> {
    const wanted = this.wanted.peek();
    this.turn += 1;
    if (wanted) await this.read(wanted, null, PAGE);
  }

  async more(): Promise<void> {
    const { phase, next, loadingMore } = this.status.peek();
    const wanted = this.wanted.peek();
    if (!wanted || phase !== "ready" || next === null || loadingMore) return;
    this.status.value = { ...this.status.peek(), loadingMore: true };
    await this.read(wanted, next, FURTHER);
  }

  /** The cases of a full reading after a lost connection; the list stays as it is meanwhile. */
  async reread(): Promise<readonly Case[]> {
    const wanted = this.wanted.peek();
    if (!wanted) return [];
    const turn = ++this.turn;
    const page = await this.source.narrowed(wanted, null, READING);
    if (turn === this.turn) {
      this.found = idsOf(page);
      this.status.value = ready(page);
    }
    return page.cases;
  }

  private async read(wanted: Narrowed, after: string | null, limit: number): Promise<void> {
    const { turn } = this;
    try {
      const askedAt = Date.now();
      const page = await this.source.narrowed(wanted, after, limit);
      if (turn !== this.turn) return;
      this.found = new Set([...this.found, ...idsOf(page)]);
      this.store.receivePage(page.cases, page.counts, askedAt);
      this.status.value = ready(page);
    } catch (error) {
      if (turn !== this.turn) return;
      const phase = after === null ? "failed" : "ready";
      this.status.value = { ...this.status.peek(), phase, error, loadingMore: false };
    }
  }

  private derive(): Case[] {
    const { phase, next } = this.status.value;
    if (phase !== "ready" || !this.wanted.value) return [];
    const { list, view } = this.wanted.value;
    const { filter, sort, direction } = view;
    const me = this.store.me.id;
    const wordless = without(filter, "q");
    return [...this.store.shown.value.values()]
      .filter((item) => fits(item, list, this.found.has(item.id) ? wordless : filter, me))
      .map((item) => ({ item, key: keyOf(item, sort, filter.q) }))
      .filter(({ key }) => next === null || compareKeys(key, next, direction) <= 0)
      .sort((one, other) => compareKeys(one.key, other.key, direction))
      .map(({ item }) => item);
  }
}

function idsOf({ cases }: CasePage): Set<string> {
  return new Set(cases.map(({ id }) => id));
}

function ready({ next }: CasePage): ListStatus {
  return { ...IDLE, phase: "ready", next };
}
