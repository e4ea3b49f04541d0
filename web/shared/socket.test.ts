import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Conversation } from "./conversation";
import { DeskSocket } from "./socket";
import { CUSTOMER, entriesFrame, FakeServer, FakeStore, message, tokens } from "./testing/fakes";
import { CloseCode, type ErrorFrame } from "./wire";

let server: FakeServer;
let store: FakeStore;
let socket: DeskSocket;
let conversation: Conversation;

async function start(): Promise<void> {
  socket = new DeskSocket({
    tokens: tokens(),
    owner: "k",
    url: "ws://desk/ws",
    open: server.open,
    store,
  });
  conversation = new Conversation("k", socket);
  socket.start();
  conversation.open();
  await vi.advanceTimersByTimeAsync(0);
}

async function reconnect(): Promise<void> {
  await vi.advanceTimersByTimeAsync(10_000);
}

const texts = () => conversation.entries.value.map(({ text }) => text);
const sent = (at = server.latest) => at.of("send").map(({ text }) => text);

function acknowledge(seq: number): void {
  const frame = server.latest.of("send").at(-1);
  if (!frame) throw new Error("nothing was sent");
  const { conversation: id, client_id } = frame;
  const time = new Date(1_700_000_000_000 + seq * 1000).toISOString();
  server.latest.push({ t: "ack", conversation: id, client_id, id: `m-${seq}`, seq, time });
}

function refuse(code: string, retry: boolean, about: Partial<ErrorFrame> = {}): void {
  server.latest.push({ t: "error", code, message: "", params: {}, retry, ...about });
}

function refuseMessage(code: string, retry: boolean): void {
  const client_id = server.latest.of("send").at(-1)?.client_id ?? "";
  refuse(code, retry, { conversation: "k", client_id });
}

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  store = new FakeStore();
  await start();
});

afterEach(() => {
  conversation.close();
  socket.stop();
  vi.useRealTimers();
});

describe("resuming a conversation", () => {
  it("asks for everything first and then for what follows the last position", async () => {
    expect(server.welcome().of("watch")).toEqual([{ t: "watch", conversation: "k", after: null }]);
    server.latest.push(entriesFrame([message(1), message(5)]));
    server.latest.push({ t: "entry", conversation: "k", entry: message(9) });
    server.latest.drop();
    await reconnect();
    expect(server.welcome().of("watch")).toEqual([{ t: "watch", conversation: "k", after: 9 }]);
  });

  it("goes on after the last whole page when the connection broke between two", async () => {
    server.welcome().push(entriesFrame([message(1), message(2)], { complete: false }));
    server.latest.push({ t: "entry", conversation: "k", entry: message(99) });
    server.latest.drop();
    await reconnect();
    expect(server.welcome().of("watch")[0]?.after).toBe(2);
  });

  it("does not skip what others wrote before an acknowledged message of mine", async () => {
    server.welcome().push(entriesFrame([message(1)]));
    conversation.send("mine");
    acknowledge(7);
    server.latest.drop();
    await reconnect();
    expect(server.welcome().of("watch")[0]?.after).toBe(1);
    const mine = message(7, CUSTOMER, { text: "mine" });
    server.latest.push(entriesFrame([message(4), mine]));
    expect(texts()).toEqual(["1", "4", "mine"]);
  });

  it("shows every entry once and in the order of positions", () => {
    server.welcome().push(entriesFrame([message(1), message(3)]));
    server.latest.push({ t: "entry", conversation: "k", entry: message(5) });
    server.latest.push(entriesFrame([message(2), message(3), message(5)]));
    expect(texts()).toEqual(["1", "2", "3", "5"]);
  });

  it("connects anew and watches again when the server asks for it", async () => {
    server.welcome().push(entriesFrame([message(4)]));
    server.latest.push({ t: "resume", reason: "slow" });
    await reconnect();
    expect(server.sockets).toHaveLength(2);
    expect(server.welcome().of("watch")[0]?.after).toBe(4);
  });
});

describe("what the server refuses", () => {
  it("asks again for a conversation that could not be looked up just now", async () => {
    server.welcome();
    refuse("unavailable", true, { conversation: "k" });
    await vi.advanceTimersByTimeAsync(200);
    refuse("unavailable", true, { conversation: "k" });
    await vi.advanceTimersByTimeAsync(400);
    expect(server.latest.of("watch")).toHaveLength(3);
    server.latest.push(entriesFrame([message(1)]));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.latest.of("watch")).toHaveLength(3);
    expect(conversation.failure.value).toBeNull();
  });

  it("does not take a refused sign of typing for the loss of the conversation", () => {
    server.welcome().push(entriesFrame([message(1)]));
    refuse("conversation_ended", false, { conversation: "k" });
    expect(conversation.failure.value).toBeNull();
    refuse("conversation_unknown", false, { conversation: "k" });
    expect(conversation.failure.value?.code).toBe("conversation_unknown");
  });

  it("keeps the reason why a connection is not taken until one is", async () => {
    server.latest.accept();
    refuse("too_many_sockets", false);
    server.latest.drop(CloseCode.frameRefused);
    expect(socket.refusal.value?.code).toBe("too_many_sockets");
    await reconnect();
    server.welcome();
    expect(socket.refusal.value).toBeNull();
  });
});

describe("sending", () => {
  it("keeps a message until it is acknowledged and then shows it once", () => {
    server.welcome().push(entriesFrame([]));
    conversation.send("hello");
    expect(conversation.unsent.value.map(({ text }) => text)).toEqual(["hello"]);
    acknowledge(3);
    expect(conversation.unsent.value).toEqual([]);
    const { client_id } = server.latest.of("send")[0] ?? {};
    const entry = message(3, socket.me.value ?? undefined, {
      text: "hello",
      client_id: client_id ?? "",
    });
    server.latest.push({ t: "entry", conversation: "k", entry });
    expect(texts()).toEqual(["hello"]);
  });

  it("sends a message written offline once, after coming back", async () => {
    conversation.send("while away");
    expect(sent()).toEqual([]);
    server.welcome().push(entriesFrame([]));
    expect(sent()).toEqual(["while away"]);
    acknowledge(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.sockets.flatMap(sent)).toEqual(["while away"]);
  });

  it("resends the same message, by its id, when the acknowledgement was lost", async () => {
    server.welcome();
    conversation.send("hello");
    const first = server.latest.of("send")[0];
    server.latest.drop();
    await reconnect();
    expect(server.welcome().of("send")).toEqual([first]);
  });

  it("does not resend what the log already shows", async () => {
    server.welcome();
    conversation.send("hello");
    const client_id = server.latest.of("send")[0]?.client_id ?? "";
    server.latest.drop();
    await reconnect();
    server.welcome().push(entriesFrame([message(2, undefined, { client_id })]));
    server.latest.drop();
    await reconnect();
    expect(server.welcome().of("send")).toEqual([]);
  });

  it("sends one at a time, so that a retried message is not overtaken", async () => {
    server.welcome();
    for (const text of ["one", "two", "three"]) conversation.send(text);
    expect(sent()).toEqual(["one"]);
    refuseMessage("unavailable", true);
    await vi.advanceTimersByTimeAsync(400);
    expect(sent()).toEqual(["one", "one"]);
    acknowledge(1);
    acknowledge(2);
    expect(sent()).toEqual(["one", "one", "two", "three"]);
  });

  it("asks again on the same connection when no answer comes", async () => {
    server.welcome();
    conversation.send("hello");
    server.latest.push({
      t: "typing",
      conversation: "k",
      who: { kind: "system", id: null, name: "" },
      on: false,
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent()).toEqual(["hello", "hello"]);
    expect(server.latest.of("send")[0]?.client_id).toBe(server.latest.of("send")[1]?.client_id);
  });

  it("keeps a refused message for its writer and goes on with the next", () => {
    server.welcome();
    conversation.send("bad");
    conversation.send("good");
    refuseMessage("control_characters", false);
    expect(conversation.unsent.value[0]?.refused?.code).toBe("control_characters");
    expect(sent()).toEqual(["bad", "good"]);
    acknowledge(1);
    expect(texts()).toEqual(["good"]);
    conversation.retry(conversation.unsent.value[0]?.client_id ?? "");
    expect(sent()).toEqual(["bad", "good", "bad"]);
  });

  it("survives a reload, in order and with the same ids", async () => {
    conversation.send("one");
    conversation.send("two");
    const before = socket.outbox.items.value;
    socket.stop();
    await start();
    expect(conversation.unsent.value).toEqual(before);
    server.welcome();
    acknowledge(1);
    expect(sent()).toEqual(["one", "two"]);
  });
});
