import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DeskSocket } from "../shared/socket";
import { FakeServer, FakeStore, TECHNICIAN, tokens } from "../shared/testing/fakes";
import { sampleCase as sample } from "./cases/sample";
import { Presence } from "./presence";

const BEN = { id: "t-2", name: "Ben", doing: "looking" } as const;
const me = TECHNICIAN.id ?? "";
let server: FakeServer;
let socket: DeskSocket;
let presence: Presence;

beforeEach(async () => {
  vi.useFakeTimers();
  server = new FakeServer();
  const options = { tokens: tokens(), owner: me, url: "ws://desk/ws" };
  socket = new DeskSocket({ ...options, open: server.open, store: new FakeStore() });
  presence = new Presence(me, socket);
  presence.start();
  socket.start();
  await vi.advanceTimersByTimeAsync(0);
  server.welcome(TECHNICIAN);
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
});

const looks = () =>
  server.latest.of("look").map(({ conversation, typing }) => [conversation, typing]);

it("shows colleagues and never oneself, until they are gone", () => {
  const myself = { id: me, name: TECHNICIAN.name, doing: "typing" } as const;
  server.latest.push({ t: "presence", case_id: "k", people: [myself, BEN] });
  expect(presence.othersAt("k")).toEqual([BEN]);
  server.latest.push({ t: "presence", case_id: "k", people: [myself] });
  expect(presence.othersAt("k")).toEqual([]);
});

it("tells once which case is before one's eyes, and of typing every three seconds", () => {
  const item = sample({ id: "k" });
  presence.lookAt(item);
  presence.lookAt({ ...item, version: item.version + 1 });
  presence.noteTyping(false);
  presence.noteTyping(true);
  presence.noteTyping(true);
  vi.advanceTimersByTime(3_100);
  presence.noteTyping(true);
  presence.noteTyping(false);
  presence.lookAt(null);
  const told = [
    ["k", false],
    ["k", true],
    ["k", true],
    ["k", false],
    [null, false],
  ];
  expect(looks()).toEqual(told);
});

it("tells it again to a new connection, which tells anew of everybody", async () => {
  presence.lookAt(sample({ id: "k" }));
  server.latest.push({ t: "presence", case_id: "k", people: [BEN] });
  server.latest.drop();
  await vi.advanceTimersByTimeAsync(10_000);
  server.welcome(TECHNICIAN);
  expect(looks()).toEqual([["k", false]]);
  expect(presence.othersAt("k")).toEqual([]);
});
