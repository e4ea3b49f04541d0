/** The frames of the desk socket, protocol 1: JSON text frames told apart by `t`. */

export const PROTOCOL = 1;

/** The longest message, in Unicode code points. */
export const TEXT_LIMIT = 10_000;

export const CloseCode = {
  resume: 4000,
  tokenRejected: 4001,
  authenticationTimeout: 4008,
  frameRefused: 4009,
} as const;

export type ParticipantKind = "customer" | "technician" | "system";

export interface Participant {
  kind: ParticipantKind;
  id: string | null;
  name: string | null;
}

export type Params = Record<string, string | number | boolean | null>;

/** One line of a conversation. `seq` is opaque and increasing, never dense. */
export interface Entry {
  id: string;
  seq: number;
  time: string;
  kind: "opened" | "message" | "activity" | "bot" | "contact" | "ended";
  author: Participant;
  client_id?: string;
  text?: string;
  code?: string;
  params?: Params;
  late: boolean;
}

/** How far a participant received and read a conversation, as positions (`seq`). */
export interface Cursor {
  who: Participant;
  delivered: number;
  read: number;
}

export type ConversationState = "live" | "ended";

export type ClientFrame =
  | { t: "auth"; token: string; protocol: number }
  | { t: "renew"; token: string }
  | { t: "watch"; conversation: string; after: number | null }
  | { t: "unwatch"; conversation: string }
  | { t: "send"; conversation: string; client_id: string; text: string }
  | { t: "typing"; conversation: string; on: boolean }
  | { t: "cursor"; conversation: string; delivered?: number; read?: number }
  | { t: "end"; conversation: string; client_id: string };

export interface ReadyFrame {
  t: "ready";
  me: { kind: ParticipantKind; id: string; name: string };
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

/** Staff only. `case` is the Case of the REST interface, whole. */
export interface CaseFrame {
  t: "case";
  event: string;
  case: unknown;
}

export interface AlertFrame {
  t: "alert";
  kind: "waiting";
  case_id: string;
  number: number;
}

export interface TechnicianFrame {
  t: "technician";
  id: string;
  name: string;
  available: boolean;
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
  | TechnicianFrame
  | ResumeFrame;

export type FrameOf<T extends ServerFrame["t"]> = Extract<ServerFrame, { t: T }>;

/** The frames that concern one conversation. */
export type ConversationFrame = Exclude<
  Extract<ServerFrame, { conversation?: string }>,
  ReadyFrame | CaseFrame | AlertFrame | TechnicianFrame | ResumeFrame
>;
