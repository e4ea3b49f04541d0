/** The desk socket of the mock: the frames of protocol 1 on the log in memory. */
import type { WebSocket } from "ws";
import type { ClientFrame, Onlooker, Participant, ServerFrame } from "../../shared/wire";
import {
  append,
  conversations,
  customerOf,
  type Listener,
  listeners,
  type MockConversation,
  moveCursor,
  tell,
  tellStaff,
} from "./log.ts";

/** Who stands behind a technician's token; the mock of the console fills it. */
export const technicianTokens = new Map<string, Participant>();

export function accept(socket: WebSocket): void {
  let listener: Listener | null = null;
  const push = (frame: ServerFrame) => socket.send(JSON.stringify(frame));
  socket.on("message", (data) => {
    const frame = JSON.parse((data as Buffer).toString()) as ClientFrame;
    if (frame.t === "auth" || frame.t === "renew") {
      const me = whoIs(frame.token);
      if (!me) {
        socket.close(4001);
        return;
      }
      listener ??= { me, watches: new Set(), push };
      listeners.add(listener);
      push(ready(me));
    } else if (listener) answer(listener, frame);
  });
  socket.on("close", () => listener && listeners.delete(listener));
}

function whoIs(token: string): Participant | null {
  const conversation = conversations.get(token.replace(/^customer:/, ""));
  return conversation ? customerOf(conversation) : (technicianTokens.get(token) ?? null);
}

function ready(me: Participant): ServerFrame {
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  const { kind, id, name } = me;
  const limits = { text: 10_000, frame: 65_536 };
  return { t: "ready", me: { kind, id: id ?? "", name }, expires_at, limits };
}

function answer(listener: Listener, frame: ClientFrame): void {
  if (frame.t === "look") lookedAt(frame.conversation ?? null);
  if (!("conversation" in frame) || frame.t === "look") return;
  const conversation = conversations.get(frame.conversation);
  const { me } = listener;
  if (!conversation) unknown(listener, frame.conversation);
  else if (frame.t === "watch") watch(listener, conversation, frame.after ?? null);
  else if (frame.t === "unwatch") listener.watches.delete(conversation.id);
  else if (frame.t === "send") send(listener, conversation, frame);
  else if (frame.t === "cursor") moveCursor(conversation, me, frame);
  else if (frame.t === "typing")
    tell(
      conversation.id,
      { t: "typing", conversation: conversation.id, who: me, on: frame.on },
      listener,
    );
}

/** Otto looks at whatever is looked at, and then types. */
function lookedAt(case_id: string | null): void {
  if (case_id === null) return;
  const otto = { id: "0198c0de-0000-7000-8000-00000000007a", name: "Otto Ohm" };
  const say = (people: Onlooker[]) => tellStaff({ t: "presence", case_id, people });
  say([{ ...otto, doing: "looking" }]);
  setTimeout(() => say([{ ...otto, doing: "typing" }]), 2_000);
}

function unknown(listener: Listener, conversation: string): void {
  const code = "conversation_unknown";
  listener.push({ t: "error", code, message: code, params: {}, retry: false, conversation });
}

function watch(listener: Listener, conversation: MockConversation, after: number | null): void {
  listener.watches.add(conversation.id);
  const { id, state, cursors } = conversation;
  const entries = conversation.entries.filter(({ seq }) => seq > (after ?? 0));
  const through = conversation.entries.at(-1)?.seq ?? null;
  const known = [...cursors.values()];
  listener.push({
    t: "entries",
    conversation: id,
    entries,
    through,
    complete: true,
    cursors: known,
    state,
  });
}

function send(
  listener: Listener,
  conversation: MockConversation,
  { client_id, text }: Extract<ClientFrame, { t: "send" }>,
): void {
  // A message that says so is refused, to see what that looks like.
  if (text === "refuse") {
    const refusal = { code: "rate_limited", message: "", params: {}, retry: false };
    listener.push({ t: "error", ...refusal, client_id, conversation: conversation.id });
    return;
  }
  const { id, seq, time } = append(conversation, {
    kind: "message",
    author: listener.me,
    client_id,
    text,
  });
  listener.push({ t: "ack", conversation: conversation.id, client_id, id, seq, time });
}
