import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { InboxView } from "../../shared/generated/rest";
import { type Entry, Inbox } from "./inbox";

function entry(number: number, more: Partial<Entry> = {}): Entry {
  return {
    id: `e${number}`,
    position: String(number).padStart(4, "0"),
    kind: "mentioned",
    case_id: `c${number}`,
    number: 1000 + number,
    version: 3,
    note_id: null,
    by: { id: "ben", name: "Ben" },
    time: "2026-01-05T09:00:00Z",
    read: false,
    ...more,
  };
}

/** The server's side: the newest first, in pages of three. */
class Server {
  entries: Entry[] = [];
  refuse = false;
  inbox = vi.fn((after: string | null): Promise<InboxView> => {
    const all = this.entries.toSorted((a, b) => b.position.localeCompare(a.position));
    const behind = all.filter(({ position }) => after === null || position < after);
    const page = behind.slice(0, 3);
    const next = behind.length > 3 ? (page.at(-1)?.position ?? null) : null;
    const unread = all.filter(({ read }) => !read).length;
    return Promise.resolve({ entries: page, next, unread });
  });
  readInbox = vi.fn((what: { through: string } | { case_id: string }) => {
    this.entries = this.entries.map((one) => {
      const meant = "through" in what ? one.position <= what.through : one.case_id === what.case_id;
      return meant ? { ...one, read: true } : one;
    });
    return Promise.resolve({ unread: 0 });
  });
  markEntry = vi.fn((id: string, read: boolean) => {
    if (this.refuse) return Promise.reject(new Error("refused"));
    this.entries = this.entries.map((one) => (one.id === id ? { ...one, read } : one));
    return Promise.resolve();
  });
  removeEntry = vi.fn((id: string) => {
    this.entries = this.entries.filter((one) => one.id !== id);
    return Promise.resolve();
  });
}

const looked = signal<string | null>(null);
let server: Server;
let inbox: Inbox;
let failed: unknown[];
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers();
  looked.value = null;
  server = new Server();
  failed = [];
  inbox = new Inbox(server, (error) => failed.push(error));
  stop = inbox.start(() => looked.value);
  server.entries = [entry(1), entry(2)];
  await inbox.load();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const ids = () => inbox.entries.value.map(({ id }) => id);

async function told(): Promise<void> {
  inbox.soon();
  await vi.runAllTimersAsync();
}

describe("the inbox", () => {
  it("says what came while the console is open, once, and not what was there", async () => {
    expect(inbox.unread.value).toBe(2);
    expect(inbox.news.value.entries).toEqual([]);
    server.entries.push(entry(3));
    await told();
    await told();
    expect(inbox.news.value).toEqual({ entries: [entry(3)], times: 1 });
    expect(ids()).toEqual(["e3", "e2", "e1"]);
  });

  it("says it again when an entry says more than before", async () => {
    server.entries[1] = entry(2, { kind: "transferred" });
    await told();
    expect(inbox.news.value.entries).toHaveLength(1);
  });

  it("asks once for many frames", async () => {
    server.inbox.mockClear();
    for (let count = 0; count < 20; count++) inbox.soon();
    await vi.runAllTimersAsync();
    expect(server.inbox).toHaveBeenCalledTimes(1);
  });

  it("marks all that is known as read, and nothing that came since", async () => {
    server.entries.push(entry(3));
    inbox.readAll();
    expect(inbox.unread.value).toBe(0);
    await vi.runAllTimersAsync();
    expect(server.readInbox).toHaveBeenCalledWith({ through: "0002" });
    expect(inbox.unread.value).toBe(1);
  });

  it("shows at once what was asked for, and takes it back where it is refused", async () => {
    server.refuse = true;
    inbox.mark(entry(1), true);
    expect(inbox.unread.value).toBe(1);
    await vi.runAllTimersAsync();
    expect(failed).toHaveLength(1);
    expect(inbox.unread.value).toBe(2);
  });

  it("counts what is looked at as read, also what comes about it meanwhile", async () => {
    looked.value = "c2";
    await vi.runAllTimersAsync();
    expect(inbox.unread.value).toBe(1);
    server.entries.push(entry(3, { case_id: "c2" }));
    await told();
    expect(inbox.unread.value).toBe(1);
    expect(inbox.news.value.entries).toHaveLength(1);
  });

  it("leaves an entry unread that is marked so while its case is on screen", async () => {
    looked.value = "c2";
    await vi.runAllTimersAsync();
    looked.value = null;
    inbox.mark(entry(2, { read: true }), false);
    await vi.runAllTimersAsync();
    expect(inbox.unread.value).toBe(2);
  });

  it("removes an entry for good", async () => {
    inbox.remove(entry(2));
    expect([ids(), inbox.unread.value]).toEqual([["e1"], 1]);
    await vi.runAllTimersAsync();
    expect(ids()).toEqual(["e1"]);
  });

  it("reads on by page, and keeps what was read when something new comes", async () => {
    server.entries = Array.from({ length: 7 }, (_, index) => entry(index + 1));
    await inbox.load();
    await inbox.more();
    expect(ids()).toEqual(["e7", "e6", "e5", "e4", "e3", "e2"]);
    server.entries.push(entry(8));
    await told();
    expect(ids()).toEqual(["e8", "e7", "e6", "e5", "e4", "e3", "e2"]);
    await inbox.more();
    expect(ids()).toHaveLength(8);
    expect(inbox.next.value).toBeNull();
  });

  it("shows the unread alone where that is wished", () => {
    inbox.mark(entry(1), true);
    inbox.onlyUnread.value = true;
    expect(inbox.shown.value.map(({ id }) => id)).toEqual(["e2"]);
  });
});
