/** Conversations in memory, with those who listen to them. */
import { randomUUID } from "node:crypto";
import type { Cursor, Entry, Participant, ServerFrame } from "../../shared/wire";

export interface MockConversation {
  id: string;
  portal: string;
  secret: string;
  visitor: { first_name: string; last_name: string; email: string };
  state: "live" | "ended";
  openedAt: string;
  entries: Entry[];
  cursors: Map<string, Cursor>;
}

export interface Listener {
  me: Participant;
  watches: Set<string>;
  push: (frame: ServerFrame) => void;
}

export const conversations = new Map<string, MockConversation>();
export const listeners = new Set<Listener>();
/** Called after every entry; scenarios and the mock of cases hang on here. */
export const onEntry = new Set<(conversation: MockConversation, entry: Entry) => void>();

let position = 2 ** 40;

export function openConversation(
  given: Pick<MockConversation, "id" | "portal" | "secret" | "visitor">,
): MockConversation {
  const openedAt = new Date().toISOString();
  const made = { ...given, state: "live" as const, openedAt, entries: [], cursors: new Map() };
  conversations.set(given.id, made);
  append(made, { kind: "opened", author: customerOf(made) });
  return made;
}

export function append(
  conversation: MockConversation,
  what: Pick<Entry, "kind" | "author"> & Partial<Entry>,
): Entry {
  const known = what.client_id
    ? conversation.entries.find((entry) => entry.client_id === what.client_id)
    : undefined;
  if (known) return known;
  const time = new Date().toISOString();
  position += 3;
  const entry: Entry = { id: randomUUID(), seq: position, time, late: false, ...what };
  conversation.entries.push(entry);
  if (entry.kind === "ended") conversation.state = "ended";
  tell(conversation.id, { t: "entry", conversation: conversation.id, entry });
  for (const hear of onEntry) hear(conversation, entry);
  return entry;
}

export function tell(conversation: string, frame: ServerFrame, except?: Listener): void {
  for (const listener of listeners)
    if (listener !== except && listener.watches.has(conversation)) listener.push(frame);
}

/** To every technician's console, whatever they watch. */
export function tellStaff(frame: ServerFrame): void {
  for (const listener of listeners) if (listener.me.kind === "technician") listener.push(frame);
}

export function customerOf(conversation: MockConversation): Participant {
  const { first_name, last_name } = conversation.visitor;
  return { kind: "customer", id: conversation.id, name: `${first_name} ${last_name}` };
}

export function moveCursor(
  conversation: MockConversation,
  who: Participant,
  to: { delivered?: number; read?: number },
): void {
  const before = conversation.cursors.get(who.id ?? "");
  const delivered = Math.max(to.delivered ?? 0, before?.delivered ?? 0);
  const cursor = { who, delivered, read: Math.max(to.read ?? 0, before?.read ?? 0) };
  conversation.cursors.set(who.id ?? "", cursor);
  tell(conversation.id, { t: "cursor", conversation: conversation.id, ...cursor });
}
