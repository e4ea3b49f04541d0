/** One conversation as the viewer sees it: what is in the log, what is on its way, who is typing. */
import { batch, computed, signal } from "@preact/signals";
import type { DeskSocket } from "./socket";
import type {
  AckFrame,
  ConversationFrame,
  Cursor,
  EntriesFrame,
  Entry,
  ErrorFrame,
  Participant,
  TypingFrame,
} from "./wire";

/** A beginning of typing holds this long unless it is renewed. */
export const TYPING_HOLDS = 6_000;
const TYPING_RENEWED = 3_000;
/** With these a conversation that was open is no more. */
const GONE = new Set(["conversation_unknown", "conversation_deleted"]);
const CURSOR_COALESCED = 250;

export type Delivery = "waiting" | "sent" | "delivered" | "read";

/** Merges entries by id into a list ordered by `seq`; the first of two with one id stays. */
export function mergeEntries(known: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const ids = new Set(known.map((entry) => entry.id));
  const fresh = more.filter((entry) => !ids.has(entry.id) && ids.add(entry.id));
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** A deletion takes the text from the message that it is about. */
function takeBack(entries: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const deletions = new Map(
    fresh.filter(({ kind }) => kind === "deleted").map((it) => [it.params?.message_id, it]),
  );
  if (deletions.size === 0) return entries;
  return entries.map((entry) => {
    const deletion = deletions.get(entry.id);
    if (!deletion || entry.deleted) return entry;
    return { ...entry, text: "", deleted: { by: deletion.author, time: deletion.time } };
  });
}

export class Conversation {
  readonly entries = signal<readonly Entry[]>([]);
  readonly typing = signal<readonly Participant[]>([]);
  readonly cursors = signal<readonly Cursor[]>([]);
  readonly state = signal<"loading" | "live" | "ended">("loading");
  /** Whether everything up to now is here; before that a new entry may be an old one. */
  readonly complete = signal(false);
  /** Why the conversation could not be followed. */
  readonly failure = signal<ErrorFrame | null>(null);
  /** Written here, not yet accepted, and not to be seen in the log so far; in order. */
  readonly unsent = computed(() => {
    const mine = this.socket.outbox.items.value.filter((item) => item.conversation === this.id);
    if (mine.length === 0) return mine;
    const shown = new Set(this.entries.value.map(({ client_id }) => client_id));
    return mine.filter(({ client_id }) => !shown.has(client_id));
  });

  /** Entries known by their ack alone, which does not tell whether they came late; the log's own copy will. */
  private readonly acknowledged = new Set<string>();
  private through: number | null = null;
  private read = 0;
  private told = { delivered: 0, read: 0 };
  private typedAt = 0;
  private cursorTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private unwatch: (() => void) | undefined;

  constructor(
    readonly id: string,
    private readonly socket: DeskSocket,
  ) {}

  open(): void {
    this.unwatch ??= this.socket.watch(this.id, this);
  }

  close(): void {
    this.unwatch?.();
    this.unwatch = undefined;
    clearTimeout(this.cursorTimer);
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
  }

  send(text: string): void {
    this.typedAt = 0;
    this.socket.send(this.id, text);
  }

  retry(clientId: string): void {
    this.socket.retry(clientId);
  }

  discard(clientId: string): void {
    this.socket.outbox.remove(clientId);
  }

  /** Call at every key; the others are told at most every three seconds. */
  noteTyping(on: boolean): void {
    const due = Date.now() - this.typedAt > TYPING_RENEWED;
    if (on ? !due : this.typedAt === 0) return;
    this.typedAt = on ? Date.now() : 0;
    this.socket.typing(this.id, on);
  }

  /** The viewer has the end of the conversation before their eyes. */
  noteRead(): void {
    this.read = Math.max(this.read, this.newest());
    this.tellCursor();
  }

  /** How far my message came: the outbox tells whether it is safe, the other side's cursors the rest. */
  delivery(entry: Entry): Delivery {
    const kept = this.socket.outbox.items.value.some((it) => it.client_id === entry.client_id);
    if (kept) return "waiting";
    const mine = this.socket.me.value?.kind;
    const others = this.cursors.value.filter(({ who }) => who.kind !== mine);
    if (others.some(({ read }) => read >= entry.seq)) return "read";
    if (others.some(({ delivered }) => delivered >= entry.seq)) return "delivered";
    return "sent";
  }

  isMine(author: Participant): boolean {
    const me = this.socket.me.value;
    return me !== null && author.kind === me.kind && author.id === me.id;
  }

  /** A colleague stands on the same side as I do, and so does the desk's bot: customers stand opposite. */
  isOurSide(author: Participant): boolean {
    return (author.kind === "customer") === (this.socket.me.value?.kind === "customer");
  }

  after(): number | null {
    return this.through;
  }

  receive(frame: ConversationFrame): void {
    batch(() => {
      if (frame.t === "entries") this.takePage(frame);
      else if (frame.t === "entry") this.takeEntry(frame.entry);
      else if (frame.t === "ack") this.takeAck(frame);
      else if (frame.t === "typing") this.takeTyping(frame);
      else if (frame.t === "cursor") this.takeCursors([frame]);
      else this.takeError(frame);
    });
  }

  private takePage(frame: EntriesFrame): void {
    this.failure.value = null;
    this.merge(frame.entries);
    this.advance(frame.through);
    this.takeCursors(frame.cursors);
    this.complete.value = frame.complete;
    if (!frame.complete) return;
    this.state.value = frame.state;
    this.told = { delivered: 0, read: 0 };
    this.tellCursor();
  }

  private takeEntry(entry: Entry): void {
    this.merge([entry]);
    // Only what follows a complete answer is gap-free; anything before it is still to come in pages.
    if (this.complete.peek()) this.advance(entry.seq);
    if (entry.author.id) this.stopTyping(entry.author.id);
    if (entry.kind === "ended") this.end();
    this.tellCursor();
  }

  private end(): void {
    this.state.value = "ended";
    for (const who of this.typing.value) if (who.id) this.stopTyping(who.id);
  }

  /** Shows the message as sent. It says nothing about what others wrote before it: no advance. */
  private takeAck({ client_id, id, seq, time }: AckFrame): void {
    const text = this.socket.outbox.find(client_id)?.text;
    const author = this.socket.me.peek();
    if (text === undefined || !author || this.knows(id)) return;
    this.acknowledged.add(id);
    this.show([{ id, seq, time, kind: "message", author, client_id, text, late: false }]);
  }

  /** What was refused may be no more than a sign of typing; only the answer to a watch counts. */
  private takeError(frame: ErrorFrame): void {
    const lost = GONE.has(frame.code) || !this.complete.peek();
    if (frame.code === "conversation_deleted") this.forget();
    if (lost && !frame.client_id) this.failure.value = frame;
  }

  /** What was deleted is not kept on screen either. */
  private forget(): void {
    this.entries.value = [];
    this.typing.value = [];
    this.cursors.value = [];
  }

  private takeTyping({ who, on }: TypingFrame): void {
    if (!who.id || this.isMine(who) || this.state.peek() === "ended") return;
    this.stopTyping(who.id);
    if (!on) return;
    const { id } = who;
    this.typing.value = [...this.typing.value, who];
    this.typingTimers.set(
      id,
      setTimeout(() => this.stopTyping(id), TYPING_HOLDS),
    );
  }

  private stopTyping(id: string): void {
    clearTimeout(this.typingTimers.get(id));
    this.typing.value = this.typing.value.filter((who) => who.id !== id);
  }

  private takeCursors(cursors: readonly Cursor[]): void {
    const latest = new Map(this.cursors.value.map((cursor) => [cursor.who.id, cursor]));
    for (const { who, delivered, read } of cursors) {
      const before = latest.get(who.id);
      latest.set(who.id, {
        who,
        delivered: Math.max(delivered, before?.delivered ?? 0),
        read: Math.max(read, before?.read ?? 0),
      });
    }
    this.cursors.value = [...latest.values()];
  }

  /** What the log says of an entry has the final say over what its ack let us suppose. */
  private merge(entries: readonly Entry[]): void {
    const supposed = entries.map(({ id }) => id).filter((id) => this.acknowledged.delete(id));
    if (supposed.length > 0)
      this.entries.value = this.entries.peek().filter(({ id }) => !supposed.includes(id));
    this.show(entries);
  }

  private show(entries: readonly Entry[]): void {
    this.entries.value = takeBack(mergeEntries(this.entries.peek(), entries), entries);
  }

  private knows(id: string): boolean {
    return this.entries.peek().some((entry) => entry.id === id);
  }

  private advance(seq: number | null): void {
    if (seq !== null) this.through = Math.max(seq, this.through ?? seq);
  }

  private newest(): number {
    return this.entries.peek().at(-1)?.seq ?? 0;
  }

  /** Tells how far this side received and read, a few times a second at most. */
  private tellCursor(): void {
    this.cursorTimer ??= setTimeout(() => {
      this.cursorTimer = undefined;
      const cursor = { delivered: this.newest(), read: this.read };
      const { delivered, read } = this.told;
      if (cursor.delivered === delivered && cursor.read === read) return;
      if (this.complete.peek() && this.socket.cursor(this.id, cursor.delivered, cursor.read))
        this.told = cursor;
    }, CURSOR_COALESCED);
  }
}
