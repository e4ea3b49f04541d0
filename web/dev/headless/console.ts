/** What can be done at a console without a page, and what one would see there: the console's own code does all of it. */
import { newId } from "../../shared/ids";
import { formatRoute, go, parseRoute, route } from "../../console/route";
import type { Act } from "../../console/cases/pending";
import { Desk } from "../../console/desk";
import { performMany } from "../../console/many";
import { mergeCase, sayWhy, unmerge } from "../../console/merging/merge";
import type { Case, Person } from "../../console/model";
import { session, signIn } from "../../console/session";
import { changeAvailability } from "../../console/status";
import { dropSockets } from "./window";
import { seenAt } from "./seen";

let desk: Desk;
/** Milliseconds from when a case changed to when the console heard of it, of every frame since last asked. */
let lags: number[] = [];

async function enter({ email, password }: { email: string; password: string }): Promise<Person> {
  await signIn(email, password);
  if (session.value.phase !== "in") throw new Error("not signed in");
  const { technician, token } = session.value;
  desk = new Desk(technician, token);
  desk.socket.on("case", (frame) => {
    lags.push(Date.now() - Date.parse(frame.case.updated_at));
  });
  desk.start();
  return { id: technician.id, name: technician.name };
}

function known(id: string): Case {
  const item = desk.store.cases.peek().get(id);
  if (!item) throw new Error(`the console does not know ${id}`);
  return item;
}

/** The kind of outcome. A refusal is one too: what matters is what is seen afterwards. */
async function act({ id, act: wanted }: { id: string; act: Act }): Promise<string> {
  const outcome = await desk.actions.perform(known(id), wanted);
  return outcome?.kind ?? "same";
}

async function tried(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch {
    return "refused";
  }
}

async function merge({ id, into }: { id: string; into: string }): Promise<string> {
  const source = known(id);
  try {
    desk.store.settleAction(await mergeCase(desk.token, source, known(into)));
    return "done";
  } catch (error) {
    sayWhy(desk, error);
    return "refused";
  }
}

async function takeBack({ id }: { id: string }): Promise<string> {
  const { version } = known(id);
  return tried(desk.backend.undo(id, version).then((item) => desk.store.settleAction(item)));
}

const table = {
  enter,
  act,
  merge,
  takeBack,
  many: ({ ids, act: wanted }: { ids: string[]; act: Act }) =>
    performMany(desk, ids.map(known), wanted),
  unmerge: ({ id }: { id: string }) => unmerge(desk, known(id)),
  note: ({ id, text }: { id: string; text: string }) =>
    tried(desk.backend.note(id, newId(), text, [])),
  say: ({ id, text }: { id: string; text: string }) => desk.socket.send(id, text),
  end: ({ id }: { id: string }) => tried(desk.backend.endChat(id, newId())),
  available: ({ wanted }: { wanted: boolean }) => changeAvailability(desk, !wanted, wanted),
  look: ({ address }: { address: string }) => {
    const [path = "", query = ""] = address.split("?");
    go(parseRoute(path, query));
    return formatRoute(route.peek());
  },
  drop: dropSockets,
  seen: () => seenAt(desk),
  lags: () => {
    const told = lags;
    lags = [];
    return told;
  },
};

export const commands = table as unknown as Readonly<Record<string, (said: unknown) => unknown>>;
