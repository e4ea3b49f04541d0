import { batch, signal } from "@preact/signals";
import { backoff, sleep } from "../../shared/retry";
import { type Case, type CasePage, LISTS, type ListName } from "../model";
import { byNewest } from "./lists";
import type { CaseStore } from "./store";

export interface CaseSource {
  list(list: ListName, after: string | null, limit: number): Promise<CasePage>;
  get(id: string): Promise<Case>;
}

const PAGE = 40;
/** Further pages are larger: who scrolls on wants to get somewhere. */
const FURTHER = 100;
/** The most rows that are read again after a lost connection; what was loaded below is read again by scrolling. */
const READING = 100;

/** How often is asked again for what the server shows, right after it has changed who sees what waits. */
const AGREEING = 6;

/** Brings pages of the lists into the store: on first sight, on scrolling, and all again after a lost connection. */
export class CaseLoader {
  /** A reading that began before a newer one must not overwrite it. */
  private reading = 0;
  private readonly opening = new Set<ListName>();
  /** Why the last full reading failed: what is on screen may be out of date. Null once one has succeeded. */
  readonly stale = signal<unknown>(null);

  constructor(
    private readonly store: CaseStore,
    private readonly source: CaseSource,
    /** What is on screen beside the three lists, to be read again with them. */
    private readonly beside: () => Promise<readonly Case[]> = () => Promise.resolve([]),
  ) {}

  /** Loads the first page of a list that was never looked at, or that failed; that it did stays until it is there. */
  async open(list: ListName): Promise<void> {
    const { phase } = this.store.statuses[list].peek();
    if (phase === "ready" || phase === "loading" || this.opening.has(list)) return;
    this.opening.add(list);
    await this.firstPage(list);
    this.opening.delete(list);
  }

  async more(list: ListName): Promise<void> {
    const { phase, next, loadingMore } = this.store.statuses[list].peek();
    if (phase !== "ready" || next === null || loadingMore) return;
    const reading = this.reading;
    this.store.setStatus(list, { loadingMore: true });
    try {
      const askedAt = Date.now();
      const page = await this.source.list(list, next, FURTHER);
      if (reading === this.reading) this.append(list, page, askedAt);
    } catch (error) {
      if (reading === this.reading) this.store.setStatus(list, { loadingMore: false, error });
    }
  }

  /** One case by its id, for an address that was opened directly. Throws when there is none. */
  async one(id: string): Promise<void> {
    this.store.merge([await this.source.get(id)]);
  }

  /**
   * Reads again what is on screen, so that nothing is missed that happened while the socket was away; and always
   * Unassigned, for the red dot, and mine, whose live chats are followed.
   */
  async readAgain(current: ListName, selected: string | null): Promise<void> {
    this.reading += 1;
    const reading = this.reading;
    this.store.beginReading();
    const lists = [...new Set<ListName>([current, "unassigned", "mine"])];
    this.dropLoading(current);
    try {
      const pages = await this.agreedPages(lists, reading);
      const beside = await this.beside();
      const chosen = selected === null ? null : await this.source.get(selected).catch(() => null);
      if (reading === this.reading)
        this.replace(lists, pages, [...beside, ...(chosen ? [chosen] : [])], selected);
    } catch (error) {
      if (reading === this.reading) this.miss(current, error);
    }
  }

  async refreshCounts(list: ListName): Promise<void> {
    const askedAt = Date.now();
    const page = await this.source.list(list, null, 20);
    this.store.receivePage(page.cases, page.counts, askedAt);
  }

  /** The service of cases hears a moment later than we do of who sees what waits; its old answer is none. */
  private async agreedPages(lists: ListName[], reading: number): Promise<CasePage[]> {
    for (let attempt = 0; ; attempt++) {
      const pages = await Promise.all(lists.map((list) => this.source.list(list, null, READING)));
      const wanted = this.store.incoming.peek();
      const agreed = pages.every((page) => page.incoming === wanted);
      if (agreed || attempt === AGREEING || reading !== this.reading) return pages;
      await sleep(backoff(attempt));
    }
  }

  /** Pages under way are overtaken by this reading, and their answers will be thrown away. */
  private dropLoading(current: ListName): void {
    batch(() => {
      for (const list of LISTS) {
        if (this.store.statuses[list].peek().phase === "loading")
          this.store.setStatus(list, { phase: "idle" });
      }
      if (this.store.statuses[current].peek().phase === "idle")
        this.store.setStatus(current, { phase: "loading" });
    });
  }

  private async firstPage(list: ListName): Promise<void> {
    const reading = this.reading;
    if (this.store.statuses[list].peek().phase === "idle")
      this.store.setStatus(list, { phase: "loading" });
    try {
      const askedAt = Date.now();
      const page = await this.source.list(list, null, PAGE);
      if (reading === this.reading) this.append(list, page, askedAt);
    } catch (error) {
      if (reading === this.reading) this.store.setStatus(list, { phase: "failed", error });
    }
  }

  private append(list: ListName, page: CasePage, askedAt: number): void {
    batch(() => {
      this.store.receivePage(page.cases, page.counts, askedAt);
      this.markLoaded(list, page);
    });
  }

  private replace(
    lists: ListName[],
    pages: CasePage[],
    others: readonly Case[],
    selected: string | null,
  ): void {
    const counts = pages[0]?.counts;
    if (!counts) return;
    const items = pages.flatMap((page) => page.cases);
    batch(() => {
      this.stale.value = null;
      this.store.replaceAll([...items, ...others], counts, selected);
      for (const list of LISTS) {
        const page = pages[lists.indexOf(list)];
        if (page) this.markLoaded(list, page);
        else
          this.store.setStatus(list, {
            phase: "idle",
            next: null,
            floor: null,
            loadingMore: false,
            error: null,
          });
      }
    });
  }

  private markLoaded(list: ListName, page: CasePage): void {
    const floor = [...page.cases].sort(byNewest).at(-1) ?? null;
    this.store.setStatus(list, {
      phase: "ready",
      next: page.next,
      floor,
      loadingMore: false,
      error: null,
    });
  }

  /** What is known stays, and is said to be old. */
  private miss(current: ListName, error: unknown): void {
    batch(() => {
      this.stale.value = error;
      if (this.store.statuses[current].peek().phase !== "ready")
        this.store.setStatus(current, { phase: "failed", error });
      // A page that was on its way was dropped for this reading.
      for (const list of LISTS) this.store.setStatus(list, { loadingMore: false });
    });
  }
}
