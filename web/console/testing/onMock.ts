/** A desk without a server: an administrator who has signed in at the mock, for tests that draw what a console shows. */
import { vi } from "vitest";
import { fetchFromMock, SilentSocket } from "../../dev/mock/inPage";
import { setLocale } from "../../shared/i18n";
import { Desk } from "../desk";
import type { Technician } from "../model";
import { session, signIn } from "../session";

export interface OnMock {
  desk: Desk;
  technician: Technician;
}

/** `fetching` may listen to what is asked; whoever calls it ends with `vi.unstubAllGlobals()`. */
export async function signInAtMock(
  fetching: typeof fetchFromMock = fetchFromMock,
): Promise<OnMock> {
  await setLocale("en");
  vi.stubGlobal("fetch", fetching);
  vi.stubGlobal("WebSocket", SilentSocket);
  await signIn("tina@example.com", "secret");
  if (session.value.phase !== "in") throw new Error("not signed in");
  const { technician, token } = session.value;
  return { technician, desk: new Desk(technician, token) };
}
