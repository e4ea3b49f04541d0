/** A customer's chat: the conversation with what the page says about it. */
import { computed, signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import { Conversation } from "../shared/conversation";
import { newId } from "../shared/ids";
import { DeskSocket } from "../shared/socket";
import type { TokenSource } from "../shared/token";
import type { Entry } from "../shared/wire";
import { endConversation, type Visit } from "./backend";

export type Phase = "loading" | "asking" | "waiting" | "talking" | "over" | "lost";

export class Chat {
  readonly socket: DeskSocket;
  readonly conversation: Conversation;
  readonly ending = signal(false);
  readonly endFailure = signal<ApiError | null>(null);
  private readonly rejected = signal(false);
  // One id for however many presses: the end is one end.
  private readonly endId = newId();

  /** The technician who is there, by the log: whoever joined or took over last. */
  readonly technician = computed(() => {
    const joined = this.conversation.entries.value.findLast(isArrival);
    return joined ? nameOf(joined) : null;
  });

  /** When the first question was asked; the wait counts from there. */
  readonly askedAt = computed(() => {
    const mine = this.conversation.entries.value.find(isQuestion);
    return mine?.time ?? this.conversation.unsent.value[0]?.time ?? null;
  });

  readonly phase = computed<Phase>(() => {
    if (this.rejected.value || this.conversation.failure.value?.retry === false) return "lost";
    if (this.conversation.state.value !== "live") return this.closedPhase();
    if (this.technician.value) return "talking";
    return this.askedAt.value ? "waiting" : "asking";
  });

  constructor(
    readonly visit: Visit,
    private readonly tokens: TokenSource,
  ) {
    this.socket = new DeskSocket({
      tokens,
      owner: visit.conversation_id,
      rejected: () => {
        this.rejected.value = true;
      },
    });
    this.conversation = new Conversation(visit.conversation_id, this.socket);
  }

  open(): void {
    this.socket.start();
    this.conversation.open();
  }

  close(): void {
    this.conversation.close();
    this.socket.stop();
  }

  /** Whether the chat was ended; the `ended` entry that follows shows it. */
  async end(): Promise<boolean> {
    if (this.ending.peek()) return false;
    this.ending.value = true;
    this.endFailure.value = null;
    try {
      await endConversation(this.visit.conversation_id, this.endId, this.tokens);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.endFailure.value = error;
      return false;
    } finally {
      this.ending.value = false;
    }
  }

  private closedPhase(): Phase {
    return this.conversation.state.value === "ended" ? "over" : "loading";
  }
}

function isArrival(entry: Entry): boolean {
  return entry.kind === "activity" && (entry.code === "joined" || entry.code === "transferred");
}

function isQuestion(entry: Entry): boolean {
  return entry.kind === "message" && entry.author.kind === "customer";
}

/** The name of the technician an activity is about. */
export function nameOf(entry: Entry): string {
  return String(entry.params?.name || entry.author.name || "");
}
