import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Conversation, mergeEntries, TYPING_HOLDS } from "./conversation";
import { DeskSocket } from "./socket";
import {
  CUSTOMER,
  entriesFrame,
  FakeServer,
  FakeStore,
  message,
  TECHNICIAN,
  tokens,
} from "./testing/fakes";

let server: FakeServer;
let conversation: Conversation;
let socket: DeskSocket;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  const options = { tokens: tokens(), owner: "k", url: "ws://desk/ws" };
  socket = new DeskSocket({ ...options, open: server.open, store: new FakeStore() });
  conversation = new Conversation("k", socket);
  socket.start();
  conversation.open();
  await vi.advanceTimersByTimeAsync(0);
  server.welcome();
});

afterEach(() => {
  conversation.close();
  socket.stop();
  vi.useRealTimers();
});

it("merges by id and orders by position", () => {
  const known = [message(1), message(4)];
  const merged = mergeEntries(known, [message(3), message(4), message(2)]);
  expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  expect(mergeEntries(known, [message(1)])).toBe(known);
});

it("tells how far a message came by the cursors of the other side alone", () => {
  server.latest.push(entriesFrame([message(5, CUSTOMER)]));
  const [entry] = conversation.entries.value;
  if (!entry) throw new Error("no entry");
  const cursor = (who: typeof CUSTOMER, delivered: number, read: number) =>
    server.latest.push({ t: "cursor", conversation: "k", who, delivered, read });
  cursor(CUSTOMER, 5, 5);
  expect(conversation.delivery(entry)).toBe("sent");
  cursor(TECHNICIAN, 5, 0);
  expect(conversation.delivery(entry)).toBe("delivered");
  cursor(TECHNICIAN, 5, 5);
  cursor(TECHNICIAN, 4, 4);
  expect(conversation.delivery(entry)).toBe("read");
});

it("tells its own cursor once for many messages, and again after a resume", async () => {
  server.latest.push(entriesFrame([message(1), message(2)]));
  server.latest.push({ t: "entry", conversation: "k", entry: message(3) });
  await vi.advanceTimersByTimeAsync(300);
  expect(server.latest.of("cursor")).toEqual([
    { t: "cursor", conversation: "k", delivered: 3, read: 0 },
  ]);
  conversation.noteRead();
  await vi.advanceTimersByTimeAsync(300);
  expect(server.latest.of("cursor").at(-1)).toMatchObject({ delivered: 3, read: 3 });
  server.latest.push(entriesFrame([]));
  await vi.advanceTimersByTimeAsync(300);
  expect(server.latest.of("cursor")).toHaveLength(3);
});

it("shows typing until it is over, renewed, or answered by a message", async () => {
  const type = (on: boolean) =>
    server.latest.push({ t: "typing", conversation: "k", who: TECHNICIAN, on });
  server.latest.push(entriesFrame([]));
  type(true);
  await vi.advanceTimersByTimeAsync(TYPING_HOLDS - 1000);
  type(true);
  await vi.advanceTimersByTimeAsync(TYPING_HOLDS - 1000);
  expect(conversation.typing.value).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(conversation.typing.value).toHaveLength(0);
  type(true);
  server.latest.push({ t: "entry", conversation: "k", entry: message(2) });
  expect(conversation.typing.value).toHaveLength(0);
});

it("learns from the log that a message of its own came late, whichever frame is first", async () => {
  server.latest.push(entriesFrame([]));
  for (const [order, text] of [
    ["ack first", "one"],
    ["entry first", "two"],
  ] as const) {
    conversation.send(text);
    await vi.advanceTimersByTimeAsync(0);
    const { client_id } = server.latest.of("send").at(-1) as { client_id: string };
    const seq = text === "one" ? 11 : 22;
    const entry = { ...message(seq, CUSTOMER, { text, late: true }), client_id, id: text };
    const frames = [
      { t: "ack", conversation: "k", client_id, id: text, seq: seq + 1, time: entry.time },
      { t: "entry", conversation: "k", entry },
    ] as const;
    for (const frame of order === "ack first" ? frames : [...frames].reverse())
      server.latest.push(frame);
  }
  const shown = conversation.entries.value.map(({ id, seq, late }) => [id, seq, late]);
  expect(shown).toEqual([
    ["one", 11, true],
    ["two", 22, true],
  ]);
});

it("shows a message as sent by its ack alone", async () => {
  server.latest.push(entriesFrame([]));
  conversation.send("hello");
  await vi.advanceTimersByTimeAsync(0);
  const { client_id } = server.latest.of("send").at(-1) as { client_id: string };
  server.latest.push({
    t: "ack",
    conversation: "k",
    client_id,
    id: "m",
    seq: 5,
    time: "2026-01-01T00:00:00Z",
  });
  expect(conversation.entries.value.map(({ id, text }) => [id, text])).toEqual([["m", "hello"]]);
  expect(conversation.unsent.value).toEqual([]);
});

it("is not sent before its ack, also when the log shows it: the broker may yet forget it", async () => {
  server.latest.push(entriesFrame([]));
  conversation.send("hello");
  await vi.advanceTimersByTimeAsync(0);
  const { client_id } = server.latest.of("send").at(-1) as { client_id: string };
  const entry = { ...message(5, CUSTOMER, { text: "hello" }), client_id };
  const about = { conversation: "k", client_id };
  server.latest.push({ t: "entry", conversation: "k", entry });
  server.latest.push({
    t: "error",
    code: "unavailable",
    message: "",
    params: {},
    retry: true,
    ...about,
  });
  expect(conversation.delivery(entry)).toBe("waiting");
  expect(conversation.unsent.value).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(server.latest.of("send").map((it) => it.client_id)).toEqual([client_id, client_id]);
  server.latest.push({ t: "ack", ...about, id: entry.id, seq: 5, time: entry.time });
  expect(conversation.delivery(entry)).toBe("sent");
  expect(conversation.entries.value).toHaveLength(1);
});

it("tells typing at most every three seconds, and its end once", async () => {
  server.latest.push(entriesFrame([]));
  for (let key = 0; key < 10; key++) conversation.noteTyping(true);
  expect(server.latest.of("typing")).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(3_100);
  conversation.noteTyping(true);
  conversation.noteTyping(false);
  conversation.noteTyping(false);
  expect(server.latest.of("typing").map(({ on }) => on)).toEqual([true, true, false]);
});

it("is ended by the entry that says so, and says what cannot be followed", () => {
  server.latest.push(entriesFrame([]));
  expect(conversation.state.value).toBe("live");
  const entry = message(9, TECHNICIAN, { kind: "ended", params: { by: "technician" } });
  server.latest.push({ t: "entry", conversation: "k", entry });
  expect(conversation.state.value).toBe("ended");
  const error = { code: "conversation_unknown", message: "", params: {}, retry: false };
  server.latest.push({ t: "error", ...error, conversation: "k" });
  expect(conversation.failure.value?.code).toBe("conversation_unknown");
});

it("shows who deleted a message in place of its text, at once and when it comes back", () => {
  server.latest.push(entriesFrame([message(1), message(2)]));
  const [first] = conversation.entries.value;
  const params = { message_id: first?.id ?? "" };
  const deletion = { ...message(3), kind: "deleted" as const, params };
  server.latest.push({ t: "entry", conversation: "k", entry: deletion });
  const told = () =>
    conversation.entries.value.map(({ text, deleted }) => [text, deleted?.by.name]);
  expect(told().slice(0, 2)).toEqual([
    ["", TECHNICIAN.name],
    [message(2).text, undefined],
  ]);
  server.latest.push(entriesFrame([message(1), deletion]));
  expect(told()[0]).toEqual(["", TECHNICIAN.name]);
});
