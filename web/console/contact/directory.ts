import { type Signal, signal } from "@preact/signals";
import { ApiError } from "../../shared/api";
import type { ContactView } from "../../shared/generated/rest";
import type { ContactSource } from "./source";

/** A search begins with as many characters; the server asks for them too. */
const SHORTEST = 2;
const TYPING_PAUSE = 180;

/** The contacts on screen: all of them page by page, or those that fit what is typed. */
export class Directory {
  readonly query = signal("");
  /** Null until the first answer is there. */
  readonly contacts: Signal<readonly ContactView[] | null> = signal(null);
  readonly next = signal<string | null>(null);
  readonly failure = signal<unknown>(null);
  readonly loading = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** An answer to what was asked before is thrown away. */
  private turn = 0;
  /** Behind what was asked last. */
  private after: string | null = null;

  constructor(private readonly source: Pick<ContactSource, "list" | "get">) {}

  type(query: string): void {
    this.query.value = query;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), TYPING_PAUSE);
  }

  load(): Promise<void> {
    return this.bring(null);
  }

  async more(): Promise<void> {
    if (this.next.peek() !== null && !this.loading.peek()) await this.bring(this.next.peek());
  }

  /** Once more what could not be read, also where it was a further page. */
  async again(): Promise<void> {
    await this.bring(this.after);
  }

  /** What became of one while it was looked at. */
  note(changed: ContactView): void {
    const known = this.contacts.peek();
    if (!known) return;
    const gone = new Set(changed.ids);
    this.contacts.value = known
      .filter(({ id }) => id === changed.id || !gone.has(id))
      .map((one) => (one.id === changed.id ? changed : one));
  }

  /** A colleague changed one, or merged it away: what is listed is brought anew; null is whatever is listed. */
  async heard(id: string | null): Promise<void> {
    if (id === null) {
      if (this.contacts.peek()) await this.load();
      return;
    }
    if (!this.contacts.peek()?.some(({ ids }) => ids.includes(id))) return;
    try {
      this.note(await this.source.get(id));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.forget(id);
    }
  }

  /** It is no more. */
  forget(id: string): void {
    this.contacts.value = this.contacts.peek()?.filter((one) => one.id !== id) ?? null;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn += 1;
  }

  private async bring(after: string | null): Promise<void> {
    const turn = ++this.turn;
    const typed = this.query.peek().trim();
    this.after = after;
    this.loading.value = true;
    try {
      const page = await this.source.list(typed.length < SHORTEST ? "" : typed, after);
      if (turn !== this.turn) return;
      this.contacts.value = after
        ? [...(this.contacts.peek() ?? []), ...page.contacts]
        : page.contacts;
      this.next.value = page.next;
      this.failure.value = null;
    } catch (error) {
      if (turn === this.turn) this.failure.value = error;
    } finally {
      if (turn === this.turn) this.loading.value = false;
    }
  }
}

export function contactName(contact: Pick<ContactView, "first_name" | "last_name">): string {
  return `${contact.first_name} ${contact.last_name}`.trim();
}
