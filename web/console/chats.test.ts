import { signal } from "@preact/signals";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { DeskSocket } from "../shared/socket";
import type { Entry, Participant } from "../shared/wire";
import { Chats } from "./chats";

const ME: Participant = { kind: "technician", id: "t-me", name: "Tina" };
const CUSTOMER: Participant = { kind: "customer", id: "c", name: "Ada" };

const watching = new Set<string>();
const socket = {
  me: signal(ME),
  outbox: { items: signal([]) },
  watch: (id: string) => {
    watching.add(id);
    return () => watching.delete(id);
  },
  cursor: () => true,
} as unknown as DeskSocket;

const ring = vi.fn();
const chats = new Chats("t-me", socket, ring);

const message = (seq: number, author: Participant): Entry => ({
  id: `m${seq}`,
  seq,
  time: "2026-05-04T10:00:00Z",
  kind: "message",
  author,
  text: "Hello",
  late: false,
});

function open(id: string, entries: Entry[], read = 0) {
  chats.follow(new Set([id]));
  const chat = chats.open.value.get(id);
  if (!chat) throw new Error("not followed");
  chat.conversation.receive({
    t: "entries",
    conversation: id,
    entries,
    through: entries.at(-1)?.seq ?? null,
    complete: true,
    cursors: [{ who: ME, delivered: read, read }],
    state: "live",
  });
  return chat;
}

afterEach(() => {
  chats.follow(new Set());
  ring.mockReset();
});

describe("unread messages", () => {
  it("are those of the customer after my cursor and after my last answer", () => {
    const entries = [message(1, CUSTOMER), message(2, CUSTOMER), message(3, CUSTOMER)];
    expect(open("a", entries, 1).unread.value).toBe(2);
    chats.follow(new Set());
    expect(open("b", [...entries.slice(0, 2), message(3, ME)]).unread.value).toBe(0);
  });

  it("are gone once the conversation is before my eyes", () => {
    const chat = open("a", [message(1, CUSTOMER)]);
    chat.markRead();
    expect(chats.unreadOf("a")).toBe(0);
  });

  it("ring when they arrive, and not for what was there at the start", () => {
    const chat = open("a", [message(1, CUSTOMER)]);
    expect(ring).not.toHaveBeenCalled();
    chat.conversation.receive({ t: "entry", conversation: "a", entry: message(2, CUSTOMER) });
    expect(ring).toHaveBeenCalledExactlyOnceWith("a");
    chat.conversation.receive({ t: "entry", conversation: "a", entry: message(3, ME) });
    expect(ring).toHaveBeenCalledOnce();
  });
});

describe("following", () => {
  it("keeps what goes on, opens what is new and lets go of the rest", () => {
    chats.follow(new Set(["a", "b"]));
    const kept = chats.open.value.get("b");
    chats.follow(new Set(["b", "c"]));
    expect([...watching].sort()).toEqual(["b", "c"]);
    expect(chats.open.value.get("b")).toBe(kept);
  });

  it("tells how far it was seen, and nothing of what is not followed", () => {
    open("a", [message(4, CUSTOMER), message(9, CUSTOMER)]);
    expect([chats.seenOf("a"), chats.seenOf("never")]).toEqual([9, 0]);
  });
});
