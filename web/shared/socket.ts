/** The desk socket: conversations that are watched without a gap, and messages sent exactly once. */
import { batch, signal } from "@preact/signals";
import type { ApiError } from "./api";
import { Link, type LinkState, type SocketLike } from "./link";
import type { Store } from "./local";
import { Outbox } from "./outbox";
import { backoff } from "./retry";
import type { TokenSource } from "./token";
import type {
  ConversationFrame,
  ErrorFrame,
  FrameOf,
  Participant,
  ReadyFrame,
  ServerFrame,
} from "./wire";

export type { LinkState };

/** What shows a conversation; it knows up to where it is complete. */
export interface Watcher {
  after(): number | null;
  receive(frame: ConversationFrame): void;
}

export interface DeskSocketOptions {
  tokens: TokenSource;
  /** Whose unsent messages these are. */
  owner: string;
  rejected?: (error: ApiError) => void;
  url?: string;
  open?: (url: string) => SocketLike;
  store?: Store;
}

interface InFlight {
  clientId: string;
  tries: number;
  timer: ReturnType<typeof setTimeout>;
}

interface Retry {
  tries: number;
  timer: ReturnType<typeof setTimeout>;
}

type Listener = (frame: never) => void;

const ACK_PATIENCE = 10_000;

export class DeskSocket {
  readonly outbox: Outbox;
  readonly me = signal<Participant | null>(null);
  /** Why the server does not take this connection; null once it does. */
  readonly refusal = signal<ErrorFrame | null>(null);
  private readonly link: Link;
  private readonly watchers = new Map<string, Watcher>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly inFlight = new Map<string, InFlight>();
  private readonly asking = new Map<string, Retry>();

  constructor(options: DeskSocketOptions) {
    this.outbox = new Outbox(options.owner, options.store);
    this.link = new Link({
      url: options.url ?? socketAddress(location),
      tokens: options.tokens,
      receive: (frame) => batch(() => this.receive(frame)),
      rejected: (error) => options.rejected?.(error),
      ...(options.open ? { open: options.open } : {}),
    });
  }

  get state() {
    return this.link.state;
  }

  start(): void {
    addEventListener("storage", this.otherTab);
    this.link.start();
  }

  stop(): void {
    removeEventListener("storage", this.otherTab);
    this.link.stop();
    this.forgetTimers();
  }

  /** Follows a conversation until the returned function is called. */
  watch(conversation: string, watcher: Watcher): () => void {
    this.watchers.set(conversation, watcher);
    this.ask(conversation, watcher);
    this.flush(conversation);
    return () => {
      if (this.watchers.get(conversation) !== watcher) return;
      this.watchers.delete(conversation);
      this.link.send({ t: "unwatch", conversation });
    };
  }

  /** Hears every frame of a kind; `ready` comes again after each reconnection. */
  on<T extends ServerFrame["t"]>(kind: T, listener: (frame: FrameOf<T>) => void): () => void {
    const all = this.listeners.get(kind) ?? new Set<Listener>();
    this.listeners.set(kind, all.add(listener));
    return () => all.delete(listener);
  }

  /** Keeps the message, sends it when its turn comes, and again until the server decided on it. */
  send(conversation: string, text: string): void {
    this.outbox.add(conversation, text);
    this.flush(conversation);
  }

  retry(clientId: string): void {
    this.outbox.retry(clientId);
    const item = this.outbox.find(clientId);
    if (item) this.flush(item.conversation);
  }

  typing(conversation: string, on: boolean): void {
    this.link.send({ t: "typing", conversation, on });
  }

  /** Which case is before a technician's eyes, and whether they type a reply to it. */
  look(conversation: string | null, company: string | null, typing: boolean): void {
    this.link.send({ t: "look", conversation, company, typing });
  }

  /** False while there is no connection; the position is then told after the next resume. */
  cursor(conversation: string, delivered: number, read: number): boolean {
    return this.link.send({ t: "cursor", conversation, delivered, read });
  }

  private receive(frame: ServerFrame): void {
    if (frame.t === "ready") this.ready(frame);
    else if (frame.t === "error") this.refused(frame);
    else if (frame.t === "entries") this.answered(frame.conversation);
    if ("conversation" in frame && frame.conversation)
      this.watchers.get(frame.conversation)?.receive(frame);
    if (frame.t === "ack") this.settled(frame.conversation, frame.client_id);
    if (frame.t === "entries")
      for (const entry of frame.entries) this.settled(frame.conversation, entry.client_id);
    for (const listener of this.listeners.get(frame.t) ?? []) listener(frame as never);
    if (frame.t === "resume") this.link.reconnect();
  }

  private ready(frame: ReadyFrame): void {
    this.me.value = frame.me;
    this.refusal.value = null;
    this.forgetTimers();
    for (const [conversation, watcher] of this.watchers) this.ask(conversation, watcher);
    const waiting = new Set(this.outbox.items.peek().map((item) => item.conversation));
    for (const conversation of waiting) this.flush(conversation);
  }

  private ask(conversation: string, watcher: Watcher): void {
    this.link.send({ t: "watch", conversation, after: watcher.after() });
  }

  /** The server could not look it up just now; nothing else would make it try again. */
  private askAgain(conversation: string): void {
    const before = this.asking.get(conversation);
    clearTimeout(before?.timer);
    const tries = (before?.tries ?? -1) + 1;
    const timer = setTimeout(() => {
      const watcher = this.watchers.get(conversation);
      if (watcher) this.ask(conversation, watcher);
    }, backoff(tries));
    this.asking.set(conversation, { tries, timer });
  }

  private answered(conversation: string): void {
    clearTimeout(this.asking.get(conversation)?.timer);
    this.asking.delete(conversation);
  }

  private flush(conversation: string, tries = 0): void {
    if (this.inFlight.has(conversation)) return;
    const next = this.outbox.head(conversation);
    if (!next) return;
    const { client_id, text } = next;
    if (!this.link.send({ t: "send", conversation, client_id, text })) return;
    this.wait(conversation, client_id, tries, ACK_PATIENCE);
  }

  /** Holds the conversation's turn; when the time is over the same message is sent again. */
  private wait(conversation: string, clientId: string, tries: number, time: number): void {
    clearTimeout(this.inFlight.get(conversation)?.timer);
    const timer = setTimeout(() => {
      this.inFlight.delete(conversation);
      this.flush(conversation, tries + 1);
    }, time);
    this.inFlight.set(conversation, { clientId, tries, timer });
  }

  /**
   * It is acknowledged, or was found on coming back. Seeing it arrive in the log is not enough: a broker that forgets
   * may have it while the database does not, and then it is still this browser that keeps it.
   */
  private settled(conversation: string, clientId: string | undefined): void {
    if (!clientId || !this.outbox.find(clientId)) return;
    this.outbox.remove(clientId);
    this.next(conversation, clientId);
  }

  private refused(frame: ErrorFrame): void {
    const { conversation, client_id } = frame;
    if (!conversation) this.refusal.value = frame;
    else if (client_id) this.notTaken(frame, client_id);
    else if (frame.retry) this.askAgain(conversation);
  }

  private notTaken(frame: ErrorFrame, clientId: string): void {
    const item = this.outbox.find(clientId);
    if (!item) return;
    const { client_id, conversation } = item;
    const flight = this.inFlight.get(conversation);
    if (frame.retry) {
      const tries = flight?.clientId === client_id ? flight.tries : 0;
      this.wait(conversation, client_id, tries, backoff(tries));
    } else {
      this.outbox.refuse(client_id, frame.code, frame.params);
      this.next(conversation, client_id);
    }
  }

  private next(conversation: string, clientId: string): void {
    if (this.inFlight.get(conversation)?.clientId === clientId) this.landed(conversation);
    this.flush(conversation);
  }

  private landed(conversation: string): void {
    clearTimeout(this.inFlight.get(conversation)?.timer);
    this.inFlight.delete(conversation);
  }

  private forgetTimers(): void {
    for (const conversation of [...this.inFlight.keys()]) this.landed(conversation);
    for (const conversation of [...this.asking.keys()]) this.answered(conversation);
  }

  private readonly otherTab = (event: StorageEvent): void => this.outbox.follow(event);
}

export function socketAddress(at: Pick<Location, "protocol" | "host">): string {
  return `${at.protocol === "https:" ? "wss:" : "ws:"}//${at.host}/ws`;
}
