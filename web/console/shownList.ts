/** The rows that the address names: one of the three lists, or what one is narrowed down to and sorted by. */
import { computed, effect, type ReadonlySignal, untracked } from "@preact/signals";
import { Again } from "./again";
import type { CaseLoader } from "./cases/loader";
import type { NarrowedList } from "./cases/narrowed";
import { isPlain } from "./cases/place";
import type { CaseStore, ListStatus } from "./cases/store";
import { layout } from "./layout";
import type { Case } from "./model";
import { listShown, route } from "./route";

interface Shown {
  status: ReadonlySignal<ListStatus>;
  rows: ReadonlySignal<Case[]>;
}

export class ShownList {
  /** The rows, and how far they are loaded. */
  readonly now: ReadonlySignal<Shown>;
  /** Why the rows on screen, or more of them, could not be read; or why nobody knows whether they are up to date. */
  private readonly failure: ReadonlySignal<unknown>;
  private readonly again = new Again();

  constructor(
    private readonly store: CaseStore,
    private readonly loader: CaseLoader,
    private readonly narrowed: NarrowedList,
  ) {
    this.now = computed(() => {
      const { list, view } = route.value;
      if (!isPlain(view)) return { status: narrowed.status, rows: narrowed.rows };
      return { status: store.statuses[list], rows: store.rows[list] };
    });
    this.failure = computed(() => loader.stale.value ?? this.now.value.status.value.error);
  }

  /** Reads what the address names, whenever it names another list, and asks again for what it could not read. */
  follow(): () => void {
    const leave = [
      effect(() => this.open()),
      effect(() => this.follows(this.failure.value)),
      () => this.again.rest(),
      listShown.subscribe(() => untracked(() => this.openNarrowed())),
    ];
    return () => leave.forEach((one) => one());
  }

  /** More of the rows on screen. */
  more(): Promise<void> {
    const { list, view } = route.peek();
    return isPlain(view) ? this.loader.more(list) : this.narrowed.more();
  }

  /** Reads again what is on screen: after a lost connection, and when what waits is shown or hidden. */
  readAgain(): Promise<void> {
    const { list, caseId } = route.peek();
    return this.loader.readAgain(list, caseId);
  }

  /** Once more what could not be read. */
  retry(): Promise<void> {
    const { list, view } = route.peek();
    this.again.hold();
    if (this.loader.stale.peek() !== null) return this.readAgain();
    if (this.now.peek().status.peek().phase !== "failed") return this.more();
    return isPlain(view) ? this.loader.open(list) : this.narrowed.again();
  }

  /** Whether all of Unassigned is before one, and no case instead of it. */
  isUnassigned(): boolean {
    const { page, list, view, caseId } = route.value;
    const shown = page === "cases" && (layout.value !== "narrow" || caseId === null);
    return list === "unassigned" && isPlain(view) && shown;
  }

  private follows(failure: unknown): void {
    if (failure === null) this.again.rest();
    else this.again.soon(failure, () => this.retry());
  }

  private open(): void {
    const { list } = route.value;
    if (this.store.statuses[list].value.phase === "idle")
      untracked(() => void this.loader.open(list));
  }

  private openNarrowed(): void {
    const { page, list, view } = route.peek();
    if (page !== "cases") return;
    const wanted = isPlain(view) ? null : { list, view };
    const before = this.narrowed.wanted.peek();
    if (JSON.stringify(wanted) !== JSON.stringify(before)) void this.narrowed.open(wanted);
  }
}
