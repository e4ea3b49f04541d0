import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "./api";
import { Link } from "./link";
import { FakeServer, tokens } from "./testing/fakes";
import { TokenSource } from "./token";
import { CloseCode } from "./wire";

let server: FakeServer;
let link: Link;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  link = new Link({
    tokens: tokens(),
    url: "ws://desk/ws",
    open: server.open,
    receive: () => undefined,
    rejected: () => undefined,
  });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

const reconnect = () => vi.advanceTimersByTimeAsync(10_000);

it("says offline only after a try failed, and online once authenticated", async () => {
  expect(link.state.value).toBe("connecting");
  server.welcome();
  expect(link.state.value).toBe("online");
  server.latest.drop();
  expect(link.state.value).toBe("connecting");
  await reconnect();
  server.latest.drop();
  expect(link.state.value).toBe("offline");
});

it("authenticates in the first frame and never in the address", () => {
  server.latest.accept();
  expect(server.latest.frames).toEqual([{ t: "auth", token: "token-1", protocol: 1 }]);
});

it("waits longer with every failure, and not at all when the network is back", async () => {
  server.latest.drop();
  await vi.advanceTimersByTimeAsync(200);
  expect(server.sockets).toHaveLength(2);
  for (let failure = 0; failure < 6; failure++) {
    server.latest.drop();
    await vi.advanceTimersByTimeAsync(10_000);
  }
  server.latest.drop();
  const before = server.sockets.length;
  await vi.advanceTimersByTimeAsync(4_000);
  expect(server.sockets).toHaveLength(before);
  dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(server.sockets).toHaveLength(before + 1);
});

it("takes a fresh token when the present one was refused", async () => {
  server.welcome().drop(CloseCode.tokenRejected);
  await reconnect();
  server.latest.accept();
  expect(server.latest.of("auth")[0]?.token).toBe("token-2");
});

it("renews before the token ends, without a new connection", async () => {
  server.welcome();
  for (let second = 0; second < 595; second += 5) {
    await vi.advanceTimersByTimeAsync(5_000);
    server.latest.push({ t: "technician", id: "t", name: "t", available: true });
  }
  expect(server.latest.of("renew").some(({ token }) => token === "token-2")).toBe(true);
  expect(server.sockets).toHaveLength(1);
});

it("gives up a connection that has gone silent", async () => {
  server.welcome();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(server.latest.of("renew")).toHaveLength(1);
  expect(server.sockets).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(server.sockets.length).toBeGreaterThan(1);
});

it("stops for good when the server no longer knows the person", async () => {
  const rejected = vi.fn();
  const refuse = async () => {
    throw new ApiError("conversation_unknown", 404);
  };
  const open = vi.fn(server.open);
  const options = { url: "ws://desk/ws", open, receive: () => undefined, rejected };
  const lost = new Link({ ...options, tokens: new TokenSource(refuse) });
  lost.start();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(rejected).toHaveBeenCalledTimes(1);
  expect(open).not.toHaveBeenCalled();
});
