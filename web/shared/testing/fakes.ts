/** Fakes for tests: a server's end of the socket, a storage, a token source that never asks. */
import type { SocketLike } from "../link";
import type { Store } from "../local";
import { TokenSource } from "../token";
import type { ClientFrame, Entry, Participant, ServerFrame } from "../wire";

export const CUSTOMER: Participant = { kind: "customer", id: "c-1", name: "Ada Lovelace" };
export const TECHNICIAN: Participant = { kind: "technician", id: "t-1", name: "Maya Lindqvist" };

/** One connection as the server sees it. */
export class FakeSocket implements SocketLike {
  readyState: 0 | 1 | 2 | 3 = 0;
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  readonly frames: ClientFrame[] = [];

  send(data: string): void {
    this.frames.push(JSON.parse(data) as ClientFrame);
  }

  close(): void {
    this.readyState = 3;
  }

  accept(): void {
    this.readyState = 1;
    this.onopen?.call(this as never, new Event("open"));
  }

  push(frame: ServerFrame): void {
    this.onmessage?.call(
      this as never,
      new MessageEvent("message", { data: JSON.stringify(frame) }),
    );
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose?.call(this as never, { code } as CloseEvent);
  }

  of<T extends ClientFrame["t"]>(kind: T): Extract<ClientFrame, { t: T }>[] {
    return this.frames.filter((frame) => frame.t === kind) as Extract<ClientFrame, { t: T }>[];
  }
}

/** Every connection that was made, in order. */
export class FakeServer {
  readonly sockets: FakeSocket[] = [];
  readonly open = (): FakeSocket => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };

  get latest(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error("nothing connected");
    return socket;
  }

  /** Accepts the latest connection and says who came. */
  welcome(me: Participant = CUSTOMER): FakeSocket {
    this.latest.accept();
    this.latest.push(readyFrame(me));
    return this.latest;
  }
}

export function readyFrame(me: Participant = CUSTOMER): ServerFrame {
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  const { kind, id, name } = me;
  const limits = { text: 10_000, frame: 65_536 };
  return { t: "ready", me: { kind, id: id ?? "", name }, expires_at, limits };
}

export function message(seq: number, author = TECHNICIAN, more: Partial<Entry> = {}): Entry {
  const time = new Date(1_700_000_000_000 + seq * 1000).toISOString();
  return {
    id: `m-${seq}`,
    seq,
    time,
    kind: "message",
    author,
    text: `${seq}`,
    late: false,
    ...more,
  };
}

export function entriesFrame(
  entries: Entry[],
  more: Partial<Extract<ServerFrame, { t: "entries" }>> = {},
): ServerFrame {
  const through = entries.at(-1)?.seq ?? null;
  const base = { conversation: "k", entries, through, complete: true, cursors: [] };
  return { t: "entries", ...base, state: "live", ...more };
}

export function tokens(): TokenSource {
  let issued = 0;
  const renew = async () => ({
    access_token: `token-${++issued}`,
    expires_at: new Date(Date.now() + 600_000).toISOString(),
  });
  return new TokenSource(renew);
}

/** A storage of its own for each test, in the order of writing. */
export class FakeStore implements Store {
  private readonly items = new Map<string, string>();

  get length(): number {
    return this.items.size;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
}
