/** Who else looks at a case, or types a reply to it (X9): what the relay tells of colleagues, and of me to them. */
import { signal } from "@preact/signals";
import type { DeskSocket } from "../shared/socket";
import type { Onlooker } from "../shared/wire";
import type { Case } from "./model";

/** A beginning of typing holds for six seconds at the relay. */
const TYPING_RENEWED = 3_000;

export class Presence {
  /** Who else is at which case. */
  private readonly known = signal<ReadonlyMap<string, readonly Onlooker[]>>(new Map());
  /** What is before my eyes. */
  private at: { id: string; company: string } | null = null;
  private typedAt = 0;

  constructor(
    private readonly me: string,
    private readonly socket: DeskSocket,
  ) {}

  /** Listens until the returned function is called. */
  start(): () => void {
    const leave = [
      this.socket.on("ready", () => this.begin()),
      this.socket.on("presence", ({ case_id, people }) => {
        const known = new Map(this.known.peek());
        const others = people.filter((person) => person.id !== this.me);
        known.delete(case_id);
        if (others.length > 0) known.set(case_id, others);
        this.known.value = known;
      }),
    ];
    return () => {
      for (const stop of leave) stop();
    };
  }

  /** Colleagues at a case; the same list until that changes, so that a row is not drawn anew without need. */
  othersAt(id: string): readonly Onlooker[] {
    return this.known.value.get(id) ?? NOBODY;
  }

  /** The case on screen, or null when there is none or nobody looks. */
  lookAt(item: Case | null): void {
    if (item?.id === this.at?.id) return;
    this.at = item && { id: item.id, company: item.company_id };
    this.typedAt = 0;
    this.tell();
  }

  /** Call at every key of a reply; colleagues are told every three seconds at most. */
  noteTyping(on: boolean): void {
    const due = Date.now() - this.typedAt > TYPING_RENEWED;
    if (on ? !due : this.typedAt === 0) return;
    this.typedAt = on ? Date.now() : 0;
    this.tell();
  }

  /** A new connection tells of everybody, and knows nothing of me yet. */
  private begin(): void {
    this.known.value = new Map();
    if (this.at) this.tell();
  }

  private tell(): void {
    const conversation = this.at?.id ?? null;
    const company = this.at?.company ?? null;
    this.socket.look(conversation, company, this.typedAt !== 0);
  }
}

const NOBODY: readonly Onlooker[] = [];
