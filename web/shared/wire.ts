/**
 * The frames of the desk socket, protocol 1: JSON text frames told apart by `t`. What a client may send is generated
 * from the server's models; what the server says is JSON that it writes without models, so it is told here.
 */
import type { CaseView, ConversationView, Entry as EntryShown, Person } from "./generated/rest";

export type { ClientFrame } from "./generated/frames";

export const PROTOCOL = 1;

/** The longest message, in Unicode code points. */
export const TEXT_LIMIT = 10_000;

export const CloseCode = {
  resume: 4000,
  tokenRejected: 4001,
  authenticationTimeout: 4008,
  frameRefused: 4009,
} as const;

export type Participant = Person;

export type Params = Record<string, string | number | boolean | null>;

export interface Deleted {
  by: Participant;
  time: string;
}

/** One line of a conversation; what its kind does not have is absent. `seq` is opaque and increasing, never dense. */
export interface Entry extends Omit<
  EntryShown,
  "client_id" | "text" | "code" | "params" | "deleted" | "case_version"
> {
  client_id?: string;
  text?: string;
  code?: string;
  params?: Params;
  /** Of a message: who deleted it, and when; it has no text then. */
  deleted?: Deleted;
  /** Of what tells of the case: which change of it. */
  case_version?: number | null;
}

/** How far a participant received and read a conversation, as positions (`seq`). */
export interface Cursor {
  who: Participant;
  delivered: number;
  read: number;
}

export type ConversationState = ConversationView["state"];

export interface ReadyFrame {
  t: "ready";
  me: Participant & { id: string };
  expires_at: string;
  limits: { text: number; frame: number };
}

export interface EntriesFrame {
  t: "entries";
  conversation: string;
  entries: Entry[];
  /** The position up to which nothing is missing once these entries are merged. */
  through: number | null;
  complete: boolean;
  cursors: Cursor[];
  state: ConversationState;
}

export interface EntryFrame {
  t: "entry";
  conversation: string;
  entry: Entry;
}

export interface AckFrame {
  t: "ack";
  conversation: string;
  client_id: string;
  id: string;
  seq: number;
  time: string;
}

export interface ErrorFrame {
  t: "error";
  code: string;
  message: string;
  params: Params;
  /** True when the same frame may succeed later; false when it never will. */
  retry: boolean;
  client_id?: string;
  conversation?: string;
}

export interface TypingFrame {
  t: "typing";
  conversation: string;
  who: Participant;
  on: boolean;
}

export interface CursorFrame extends Cursor {
  t: "cursor";
  conversation: string;
}

/** Staff only. */
export interface CaseFrame {
  t: "case";
  event: string;
  case: CaseView;
}

export interface AlertFrame {
  t: "alert";
  kind: "waiting" | "waiting_again";
  case_id: string;
  number: number;
}

/** To one person: their inbox says more now, or (without a kind) less. */
export interface InboxFrame {
  t: "inbox";
  case_id: string;
  kind: string;
}

/** Something that is kept beside the cases changed, such as a contact or a saved filter: it is asked for anew. */
export interface KeptFrame {
  t: "kept";
  what: string;
  id: string;
}

export interface TechnicianFrame {
  t: "technician";
  id: string;
  name: string;
  available: boolean;
}

/** What the account decided for all its technicians. */
export interface AccountFrame {
  t: "account";
  hide_incoming: boolean;
}

/** A case that is shown no more: it waits again, and what waits is hidden from this technician. */
export interface WithdrawnFrame {
  t: "withdrawn";
  case_id: string;
}

/** An administrator deleted the case for good: nothing else will be said of it. */
export interface DeletedFrame {
  t: "deleted";
  case_id: string;
  number: number;
  /** The name of who did; empty when nobody knows it. */
  by: string;
}

/** A colleague who is at a case. */
export interface Onlooker {
  id: string;
  name: string;
  doing: "looking" | "typing";
}

/** Everybody who is at a case now, oneself included; nobody when the list is empty. */
export interface PresenceFrame {
  t: "presence";
  case_id: string;
  people: readonly Onlooker[];
}

export interface ResumeFrame {
  t: "resume";
  reason: string;
}

export type ServerFrame =
  | ReadyFrame
  | EntriesFrame
  | EntryFrame
  | AckFrame
  | ErrorFrame
  | TypingFrame
  | CursorFrame
  | CaseFrame
  | AlertFrame
  | InboxFrame
  | KeptFrame
  | TechnicianFrame
  | AccountFrame
  | WithdrawnFrame
  | DeletedFrame
  | PresenceFrame
  | ResumeFrame;

export type FrameOf<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;

/** The frames that concern one conversation. */
export type ConversationFrame = Exclude<
  Extract<ServerFrame, { conversation?: string }>,
  | ReadyFrame
  | CaseFrame
  | AlertFrame
  | InboxFrame
  | KeptFrame
  | TechnicianFrame
  | AccountFrame
  | WithdrawnFrame
  | DeletedFrame
  | ResumeFrame
>;
