/** A customer's chat: the conversation with what the page says about it, from the question to the survey. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { Action } from "../shared/action";
import type { ApiError } from "../shared/api";
import { Conversation } from "../shared/conversation";
import { newId } from "../shared/ids";
import { DeskSocket } from "../shared/socket";
import { now } from "../shared/time";
import type { TokenSource } from "../shared/token";
import { endConversation, type Visit } from "./backend";
import { OwnCase } from "./case";
import { Contact } from "./contact";
import { askedAtIn, becameIn, emailIn, technicianIn, turnIn, wasAskedForEmail } from "./facts";
import { isEmail } from "./form";
import { Leaving } from "./leaving";

export type Phase = "loading" | "asking" | "waiting" | "talking" | "over" | "lost";

export class Chat {
  readonly socket: DeskSocket;
  readonly conversation: Conversation;
  readonly own: OwnCase;
  readonly leaving: Leaving;
  readonly contact: Contact;
  readonly ending = new Action();
  private readonly rejected = signal<ApiError | null>(null);
  // One id for however many presses: the end is one end.
  private readonly endId = newId();
  private effects: (() => void)[] = [];

  readonly technician = computed(() => technicianIn(this.conversation.entries.value));

  /** When the first question was asked; the wait counts from there. */
  readonly askedAt = computed(
    () =>
      askedAtIn(this.conversation.entries.value) ?? this.conversation.unsent.value[0]?.time ?? null,
  );

  readonly phase = computed<Phase>(() => {
    if (
      this.deleted.value ||
      this.rejected.value ||
      this.conversation.failure.value?.retry === false
    )
      return "lost";
    if (this.leaving.sent.value !== null) return "over";
    if (this.conversation.state.value !== "live") return this.closedPhase();
    if (this.technician.value) return "talking";
    return this.askedAt.value ? "waiting" : "asking";
  });

  /** Whether the company deleted the conversation: it cannot be opened because there is nothing any more. */
  readonly deleted = computed(() => {
    const why = [this.rejected.value?.code, this.conversation.failure.value?.code];
    return this.own.deleted.value || why.includes("conversation_deleted");
  });

  /** How the chat became a request; null where it did not. */
  readonly became = computed(() => {
    if (this.leaving.sent.value !== null) return "request";
    return becameIn(this.conversation.entries.value);
  });

  /** The number of the case once it is known. */
  readonly number = computed(() => this.leaving.sent.value ?? this.own.shown.value?.number ?? null);

  /** Whether anybody wrote anything, which is what a transcript is made of. */
  readonly written = computed(() =>
    this.conversation.entries.value.some(({ kind }) => kind === "message"),
  );

  /** Where an answer by email goes; empty while nobody knows. */
  readonly email = computed(
    () => emailIn(this.conversation.entries.value) || this.leaving.email.value || this.visit.email,
  );

  /** Whether the bot waits for an email address. */
  readonly asksEmail = computed(() => {
    const asked = wasAskedForEmail(this.conversation.entries.value);
    return asked && this.email.value === "" && this.conversation.state.value === "live";
  });

  /** Whether the wait has become so long that a request is offered without being asked for. */
  readonly offers = computed(() => {
    const [after, since] = [this.offerAfter.value, this.askedAt.value];
    if (after === null || since === null || this.leaving.declined.value) return false;
    return now.value - Date.parse(since) >= after * 1000;
  });

  constructor(
    readonly visit: Visit,
    readonly tokens: TokenSource,
    /** Seconds; null while the portal is not known. */
    private readonly offerAfter: ReadonlySignal<number | null>,
  ) {
    const id = visit.conversation_id;
    const rejected = (error: ApiError) => {
      this.rejected.value = error;
    };
    this.socket = new DeskSocket({ tokens, owner: id, rejected });
    this.conversation = new Conversation(id, this.socket);
    this.own = new OwnCase(id, tokens);
    this.leaving = new Leaving(id, tokens);
    this.contact = new Contact(id, tokens);
  }

  open(): void {
    this.socket.start();
    this.conversation.open();
    this.effects = [
      effect(() => {
        const turned = turnIn(this.conversation.entries.value);
        if (turned && this.phase.value === "over") void this.own.look();
      }),
      // Somebody has come while the question was written: it goes on in the chat.
      effect(() => {
        if (this.phase.value === "talking") this.leaving.goBack();
      }),
    ];
  }

  close(): void {
    for (const dispose of this.effects) dispose();
    this.own.stop();
    this.conversation.close();
    this.socket.stop();
  }

  /** What a customer writes; an address and nothing else is the answer to the bot that asks for one. */
  say(text: string): void {
    if (this.asksEmail.peek() && isEmail(text)) {
      this.contact.form.set("email", text);
      void this.contact.give();
    } else this.conversation.send(text);
  }

  /** Whether the chat was ended; the `ended` entry that follows shows it. */
  end(): Promise<boolean> {
    const { conversation_id } = this.visit;
    return this.ending.run(() => endConversation(conversation_id, this.endId, this.tokens));
  }

  /** The log does not tell everything about a case that is over. */
  lookAgain(): void {
    if (this.phase.peek() === "over") void this.own.look();
  }

  private closedPhase(): Phase {
    return this.conversation.state.value === "ended" ? "over" : "loading";
  }
}
