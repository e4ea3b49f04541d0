import { afterEach, expect, it, vi } from "vitest";
import { accessToken, FakeDesk } from "../shared/testing/desk";
import type { AccountCalls } from "./accountCalls";
import type { Technician } from "./model";
import { resumeSession, session, updateTechnician } from "./session";
import { Sight } from "./sight";

afterEach(() => vi.unstubAllGlobals());

const hides = () => {
  const now = session.value;
  return now.phase === "in" && now.technician.hide_incoming;
};

it("does not take an answer for the present that is older than what was decided here", async () => {
  const me = { id: "ann", available: true, hide_incoming: false } as Technician;
  const desk = new FakeDesk();
  desk.install();
  desk.replies["/portal/session/renew"] = () => [200, { technician: me, ...accessToken() }];
  await resumeSession();

  const old = Promise.withResolvers<Technician>();
  const ask = vi.fn(() => old.promise);
  const sight = new Sight("ann", { me: ask } as unknown as AccountCalls, vi.fn());
  const read = sight.readMe();
  updateTechnician({ hide_incoming: true });
  ask.mockResolvedValueOnce({ ...me, hide_incoming: true });
  const seen: boolean[] = [];
  const stop = session.subscribe(() => void seen.push(hides()));
  old.resolve(me);
  await read;
  expect(ask).toHaveBeenCalledTimes(2);
  expect(seen).not.toContain(false);
  stop();
});
