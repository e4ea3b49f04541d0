import { computed, effect, signal, untracked } from "@preact/signals";
import { Again } from "../again";
import type { InboxCount, InboxEntryView, InboxView } from "../../shared/generated/rest";

export type Entry = InboxEntryView;

export interface InboxSource {
  inbox(after: string | null): Promise<InboxView>;
  readInbox(what: { through: string } | { case_id: string }): Promise<InboxCount>;
  markEntry(id: string, read: boolean): Promise<unknown>;
  removeEntry(id: string): Promise<unknown>;
}

/** Frames that come together ask once; so do other windows, which tell each other what was read. */
const SOON_MS = 250;
const CHANNEL = "deskbus.inbox";

/** The technician's notification inbox (S50): the server's truth, read again whenever a frame says that it changed. */
export class Inbox {
  readonly entries = signal<readonly Entry[]>([]);
  /** Of all entries, also those that are not loaded; 100 stands for that or more. */
  readonly unread = signal(0);
  readonly phase = signal<"loading" | "ready" | "failed">("loading");
  readonly failure = signal<unknown>(null);
  /** Where older entries begin; null at the end. */
  readonly next = signal<string | null>(null);
  readonly loadingMore = signal(false);
  /** What came since the console was opened, told once and politely; `times` tells apart the same again. */
  readonly news = signal<{ entries: readonly Entry[]; times: number }>({ entries: [], times: 0 });
  readonly onlyUnread = signal(false);
  readonly shown = computed(() =>
    this.onlyUnread.value ? this.entries.value.filter(({ read }) => !read) : this.entries.value,
  );
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly again = new Again();
  private turn = 0;
  private looking: string | null = null;
  private others: BroadcastChannel | undefined;

  constructor(
    private readonly source: InboxSource,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Follows other windows, and the case that is looked at, until the answer is called. */
  start(lookedAt: () => string | null): () => void {
    this.others = new BroadcastChannel(CHANNEL);
    this.others.onmessage = () => this.soon();
    const leave = effect(() => {
      this.looking = lookedAt();
      untracked(() => this.readLooked());
    });
    return () => {
      leave();
      clearTimeout(this.timer);
      this.again.rest();
      this.others?.close();
    };
  }

  /** Something changed on the server. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), SOON_MS);
  }

  async load(): Promise<void> {
    const turn = ++this.turn;
    this.again.hold();
    try {
      const page = await this.source.inbox(null);
      if (turn !== this.turn) return;
      this.take(page);
      this.failure.value = null;
      this.again.rest();
    } catch (error) {
      if (turn !== this.turn) return;
      this.failure.value = error;
      if (this.phase.peek() === "loading") this.phase.value = "failed";
      this.again.soon(error, () => this.load());
    }
  }

  async more(): Promise<void> {
    const after = this.next.peek();
    if (after === null || this.loadingMore.peek()) return;
    this.loadingMore.value = true;
    try {
      const page = await this.source.inbox(after);
      this.entries.value = merged(this.entries.peek(), page.entries);
      this.next.value = page.next;
    } catch (error) {
      this.failed(error);
    }
    this.loadingMore.value = false;
  }

  mark({ id, read: before }: Entry, read: boolean): void {
    if (before === read) return;
    this.change((one) => (one.id === id ? { ...one, read } : one), read ? -1 : 1);
    this.settle(this.source.markEntry(id, read));
  }

  /** Everything that was on screen at most: what comes meanwhile stays unread. */
  readAll(): void {
    const through = this.entries.peek()[0]?.position;
    if (through === undefined) return;
    this.change((one) => ({ ...one, read: true }), -this.unread.peek());
    this.settle(this.source.readInbox({ through }));
  }

  remove({ id, read }: Entry): void {
    this.turn += 1;
    this.entries.value = this.entries.peek().filter((one) => one.id !== id);
    if (!read) this.unread.value = Math.max(0, this.unread.peek() - 1);
    this.settle(this.source.removeEntry(id));
  }

  /** Whoever looks at a case has read what is told of it. */
  private readLooked(): void {
    const id = this.looking;
    const about = this.entries.peek().filter((one) => one.case_id === id && !one.read);
    if (id === null || about.length === 0) return;
    this.change((one) => (one.case_id === id ? { ...one, read: true } : one), -about.length);
    this.settle(this.source.readInbox({ case_id: id }));
  }

  private change(how: (one: Entry) => Entry, count: number): void {
    // A reading that is under way does not know of it yet.
    this.turn += 1;
    this.entries.value = this.entries.peek().map(how);
    this.unread.value = Math.max(0, this.unread.peek() + count);
  }

  /** What the server refuses is shown again as it is there. */
  private settle(asked: Promise<unknown>): void {
    asked.then(
      () => {
        this.others?.postMessage("changed");
        this.soon();
      },
      (error: unknown) => {
        this.failed(error);
        this.soon();
      },
    );
  }

  private take(page: InboxView): void {
    const first = this.phase.peek() !== "ready";
    const before = this.entries.peek();
    const known = new Map(before.map((one) => [one.id, one]));
    const older = page.next === null ? [] : behind(before, page.entries);
    this.entries.value = [...page.entries, ...older];
    if (older.length === 0) this.next.value = page.next;
    this.unread.value = page.unread;
    this.phase.value = "ready";
    const fresh = page.entries.filter((one) => !one.read && known.get(one.id)?.kind !== one.kind);
    if (!first && fresh.length > 0)
      this.news.value = { entries: fresh, times: this.news.peek().times + 1 };
    this.readLooked();
  }
}

/** What is known behind a fresh first page; nothing where so much came that something between is not known. */
function behind(known: readonly Entry[], page: readonly Entry[]): Entry[] {
  const oldest = page.at(-1)?.position ?? "";
  if ((known[0]?.position ?? "") < oldest) return [];
  return known.filter(({ position }) => position < oldest);
}

function merged(known: readonly Entry[], page: readonly Entry[]): Entry[] {
  const ids = new Set(known.map(({ id }) => id));
  return [...known, ...page.filter(({ id }) => !ids.has(id))];
}
