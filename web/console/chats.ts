import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { Conversation } from "../shared/conversation";
import type { DeskSocket } from "../shared/socket";

/** A conversation with what this technician has read of it. */
export class Chat {
  readonly conversation: Conversation;
  /** The customer's messages after the last one that was read or answered here. */
  readonly unread: ReadonlySignal<number>;
  private readonly readHere = signal(0);
  private readonly stopListening: () => void;

  constructor(id: string, me: string, socket: DeskSocket, onMessage: () => void) {
    this.conversation = new Conversation(id, socket);
    const { entries, cursors, complete } = this.conversation;
    this.unread = computed(() => {
      const read = cursors.value.find((cursor) => cursor.who.id === me)?.read ?? 0;
      const messages = entries.value.filter((entry) => entry.kind === "message");
      const answered = messages.findLast((entry) => entry.author.id === me)?.seq ?? 0;
      const until = Math.max(read, answered, this.readHere.value);
      return messages.filter(
        ({ author, seq, deleted }) => author.kind === "customer" && seq > until && !deleted,
      ).length;
    });
    let before: number | null = null;
    this.stopListening = effect(() => {
      const count = this.unread.value;
      if (!complete.value) return;
      if (before !== null && count > before) onMessage();
      before = count;
    });
    this.conversation.open();
  }

  /** The conversation is before the technician's eyes. */
  markRead(): void {
    this.readHere.value = this.conversation.entries.value.at(-1)?.seq ?? 0;
  }

  close(): void {
    this.stopListening();
    this.conversation.close();
  }
}

/** The conversations that are followed: the one on screen and those of mine, so that no answer goes unnoticed. */
export class Chats {
  readonly open: Signal<ReadonlyMap<string, Chat>> = signal(new Map());

  constructor(
    private readonly me: string,
    private readonly socket: DeskSocket,
    private readonly onMessage: (id: string) => void,
  ) {}

  follow(ids: ReadonlySet<string>): void {
    const before = this.open.peek();
    if (before.size === ids.size && [...ids].every((id) => before.has(id))) return;
    const next = new Map<string, Chat>();
    for (const id of ids) next.set(id, before.get(id) ?? this.make(id));
    for (const [id, chat] of before) if (!ids.has(id)) chat.close();
    this.open.value = next;
  }

  unreadOf(id: string): number {
    return this.open.value.get(id)?.unread.value ?? 0;
  }

  /** The last position on screen; 0 for what was never a chat. */
  seenOf(id: string): number {
    return this.open.value.get(id)?.conversation.entries.value.at(-1)?.seq ?? 0;
  }

  private make(id: string): Chat {
    return new Chat(id, this.me, this.socket, () => this.onMessage(id));
  }
}
