import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { serverNow } from "../../shared/time";
import { type Case, type Counts, isIncoming, LISTS, type ListName, type Person } from "../model";
import { Listed } from "./listed";
import { belongsTo, type CaseMap, countsAfter, mergeCases, withoutIncoming } from "./lists";
import { expected, type Pending } from "./pending";
import { ARRIVALS, stillWaiting, type Unseen, withArrivals } from "./unseen";

/** How far a list is loaded. `floor` null with phase `ready` means to its very end. */
export interface ListStatus {
  phase: "idle" | "loading" | "ready" | "failed";
  next: string | null;
  floor: Case | null;
  loadingMore: boolean;
  error: unknown;
}

export const IDLE: ListStatus = {
  phase: "idle",
  next: null,
  floor: null,
  loadingMore: false,
  error: null,
};

/** A frame that comes so long after the counts tells of something that is not in them yet. */
const FRAME_LATE_MS = 2_000;

export interface SeenMark {
  read(): number;
  write(time: number): void;
}

/** Every case the console knows, merged from REST and the socket; the three lists are derived and never kept. */
export class CaseStore {
  readonly cases: Signal<CaseMap> = signal(new Map());
  readonly pending: Signal<ReadonlyMap<string, Pending>> = signal(new Map());
  readonly counts: Signal<Counts | null> = signal(null);
  readonly unseen: Signal<Unseen> = signal(new Set());
  /** Whether Unassigned is on screen in a visible window. */
  readonly looking = signal(false);
  /** Whether what waits for somebody is shown (S57). */
  readonly incoming = signal(true);
  /** Told of each change of a case whose former self is known, null for one that has just been opened. */
  onChange: (before: Case | null, after: Case) => void = () => undefined;
  readonly statuses: Record<ListName, Signal<ListStatus>>;
  readonly shown: ReadonlySignal<CaseMap>;
  readonly rows: Record<ListName, ReadonlySignal<Case[]>>;
  /** Cases that came by frame since the last full reading began; it may not undo them. */
  private recent: CaseMap = new Map();
  /** Everything that waits, also what no list has loaded. */
  private readonly waiting = new Listed(({ state }) => state === "unassigned");
  /** When counts last came from the server, and when a frame last changed them. */
  private countedAt = 0;
  private followedAt = -1;
  /** True while pages are under way: their counts may or may not hold what a frame brings meanwhile. */
  private reading = false;
  /** Whether other cases are shown since the last full reading: what is counted beside the lists is not in it. */
  private resighted = false;

  constructor(
    readonly me: Person,
    private readonly seen: SeenMark,
    /** Called when counts cannot be known from the frame alone. */
    private readonly onUncertain: () => void,
  ) {
    this.shown = computed(() => this.withPending());
    this.statuses = { unassigned: signal(IDLE), mine: signal(IDLE), all: signal(IDLE) };
    this.rows = {
      unassigned: this.derive("unassigned"),
      mine: this.derive("mine"),
      all: this.derive("all"),
    };
  }

  /** A case as it changed just now; `event` is the type of the frame, or `answer` for what our own action brought. */
  receive(item: Case, event: string): void {
    if (this.isHidden(item)) {
      this.forget(item.id);
      return;
    }
    this.recent = mergeCases(this.recent, [item]);
    const before = this.cases.value.get(item.id) ?? null;
    if (before && before.version >= item.version) return;
    batch(() => {
      if (ARRIVALS.has(event)) this.noteArrivals([item], 0);
      this.count(before, item, event === "case.opened");
      this.keep([item]);
    });
  }

  /** The answer to an action: counted like a frame, because its frame will find it known. */
  settleAction(item: Case): void {
    this.receive(item, "answer");
  }

  /** Cases that were asked for by themselves. What is new here is counted: its frame will find it known. */
  merge(items: Iterable<Case>): void {
    batch(() => {
      for (const item of this.visible(items)) {
        const before = this.cases.value.get(item.id);
        if (!before) this.onUncertain();
        else if (before.version < item.version) this.count(before, item, false);
        this.keep([item]);
      }
    });
  }

  private keep(items: Iterable<Case>): void {
    batch(() => {
      this.cases.value = mergeCases(this.cases.value, this.visible(items));
      this.settleUnseen();
    });
  }

  /**
   * A page of a list; its cases are listed from here on. What a frame brought since it was asked for may be missing
   * in its counts.
   */
  receivePage(items: Case[], counts: Counts, askedAt: number): void {
    batch(() => {
      this.noteArrivals(this.visible(items), this.seen.read());
      this.counts.value = counts;
      this.keep(items);
    });
    this.countedAt = Date.now();
    if (this.followedAt >= askedAt) this.onUncertain();
  }

  /** Starts a full reading: what the socket brings from now on is kept over what the reading brings. */
  beginReading(): void {
    this.recent = new Map();
    this.reading = true;
  }

  /** Ends a full reading: whatever is neither in it nor came since is forgotten, because it may have changed unseen. */
  replaceAll(items: Case[], counts: Counts, keep: string | null): void {
    this.reading = false;
    this.countedAt = Date.now();
    const kept = keep === null ? undefined : this.cases.value.get(keep);
    const visible = this.visible(items);
    const fresh = mergeCases(
      mergeCases(new Map(), kept ? [kept, ...visible] : visible),
      this.recent.values(),
    );
    batch(() => {
      this.noteArrivals(visible, this.seen.read());
      this.cases.value = fresh;
      this.counts.value = counts;
      this.settleUnseen();
    });
    // What came meanwhile may be missing in these counts, whatever was asked for in the meantime.
    if (this.recent.size > 0 || this.resighted) this.onUncertain();
    this.resighted = false;
  }

  /** Shows or hides what waits. What is hidden is forgotten: nothing tells how it changes meanwhile. */
  setIncoming(shown: boolean): void {
    if (shown === this.incoming.peek()) return;
    this.resighted = true;
    batch(() => {
      this.incoming.value = shown;
      this.setStatus("unassigned", { ...IDLE, phase: shown ? "loading" : "ready" });
      if (!shown) this.forgetIncoming();
    });
  }

  /** The case is out of sight from now on: it waits again. Lists that never had it are shorter too. */
  withdraw(id: string): void {
    this.recent = new Map([...this.recent].filter(([known]) => known !== id));
    if (this.cases.value.has(id)) this.forget(id);
    else this.onUncertain();
  }

  /** The case was deleted: whatever was under way with it is of no interest any more. */
  remove(id: string): void {
    batch(() => {
      this.setPending(id, null);
      this.withdraw(id);
      this.settleUnseen();
    });
  }

  look(looking: boolean): void {
    batch(() => {
      this.looking.value = looking;
      this.settleUnseen();
    });
  }

  setPending(id: string, pending: Pending | null): void {
    const next = new Map(this.pending.value);
    if (pending) next.set(id, pending);
    else next.delete(id);
    this.pending.value = next;
  }

  setStatus(list: ListName, change: Partial<ListStatus>): void {
    const status = this.statuses[list];
    status.value = { ...status.value, ...change };
  }

  private isHidden(item: Case): boolean {
    return !this.incoming.peek() && isIncoming(item);
  }

  private visible(items: Iterable<Case>): Case[] {
    return [...items].filter((item) => !this.isHidden(item));
  }

  private forget(id: string): void {
    if (!this.cases.value.has(id)) return;
    this.cases.value = new Map([...this.cases.value].filter(([known]) => known !== id));
    this.onUncertain();
  }

  private forgetIncoming(): void {
    this.recent = withoutIncoming(this.recent);
    this.cases.value = withoutIncoming(this.cases.value);
    this.unseen.value = new Set();
    const counts = this.counts.value;
    // Those that are pending stay in the count of all until the server says it anew.
    if (counts)
      this.counts.value = { ...counts, unassigned: 0, all: counts.all - counts.unassigned };
  }

  private derive(list: ListName): ReadonlySignal<Case[]> {
    const listed = new Listed((item) => belongsTo(list, item, this.me.id));
    return computed(() => {
      const status = this.statuses[list].value;
      if (status.phase !== "ready") return [];
      return listed.of(this.shown.value, status.next === null ? null : status.floor);
    });
  }

  private withPending(): CaseMap {
    if (this.pending.value.size === 0) return this.cases.value;
    const shown = new Map(this.cases.value);
    for (const [id, pending] of this.pending.value) {
      const item = shown.get(id);
      if (item) shown.set(id, expected(item, pending));
    }
    return shown;
  }

  private count(before: Case | null, after: Case, opened: boolean): void {
    const now = Date.now();
    this.followedAt = now;
    const reading =
      this.reading || LISTS.some((list) => this.statuses[list].peek().phase === "loading");
    // Counts that came after the change, or only just before, may hold what this frame tells of, however late it is.
    const changedAt = Date.parse(after.updated_at) - (serverNow() - now);
    const told = Math.min(now, changedAt) - this.countedAt < FRAME_LATE_MS;
    if (!this.counts.value || reading || told || (!before && !opened)) this.onUncertain();
    if (before || opened) this.onChange(before, after);
    if (this.counts.value && (before || opened)) {
      this.counts.value = countsAfter(this.counts.value, before, after, this.me.id);
    }
  }

  private noteArrivals(incoming: Case[], seenUntil: number): void {
    const known = this.cases.value;
    const looking = this.looking.peek();
    this.unseen.value = withArrivals(this.unseen.value, { known, incoming, looking, seenUntil });
  }

  private settleUnseen(): void {
    if (!this.looking.peek()) {
      this.unseen.value = stillWaiting(this.unseen.value, this.cases.value);
      return;
    }
    if (this.unseen.value.size > 0) this.unseen.value = new Set();
    const [newest] = this.waiting.of(this.cases.value, null);
    const came = newest ? Date.parse(newest.created_at) : 0;
    if (came > this.seen.read()) this.seen.write(came);
  }
}
