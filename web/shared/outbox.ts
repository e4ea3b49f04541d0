/** Messages that are written but not yet accepted. They survive a reload and keep their order. */
import { signal } from "@preact/signals";
import { newId } from "./ids";
import { forget, keysWith, load, localStore, type Store, save } from "./local";
import type { Params } from "./wire";

export interface Unsent {
  client_id: string;
  conversation: string;
  text: string;
  /** When it was written, by this browser's clock: only for showing. */
  time: string;
  /** Rises with every message written in this browser. */
  order: number;
  /** Set once the server refused it for good; it then waits for the writer's decision. */
  refused?: { code: string; params: Params };
}

export class Outbox {
  /** In the order of writing. */
  readonly items = signal<readonly Unsent[]>([]);
  private readonly prefix: string;

  /** `owner` is who writes: on a shared browser nobody sends what somebody else wrote. */
  constructor(
    owner: string,
    private readonly store: Store = localStore(),
  ) {
    this.prefix = `deskbus.unsent.${owner}.`;
    const kept = keysWith(this.prefix, store).map((key) => load<Unsent>(key, store));
    this.items.value = kept.filter((item) => item !== null).sort(byOrder);
  }

  add(conversation: string, text: string): Unsent {
    const last = this.items.peek().at(-1)?.order ?? 0;
    const order = Math.max(Date.now(), last + 1);
    const time = new Date().toISOString();
    const item = { client_id: newId(), conversation, text, time, order };
    this.put(item);
    return item;
  }

  /** The message to send next: one at a time, or a retry would overtake the one before it. */
  head(conversation: string): Unsent | undefined {
    return this.of(conversation).find((item) => !item.refused);
  }

  of(conversation: string): readonly Unsent[] {
    return this.items.peek().filter((item) => item.conversation === conversation);
  }

  find(clientId: string): Unsent | undefined {
    return this.items.peek().find((item) => item.client_id === clientId);
  }

  /** It is accepted, or its writer gave it up. */
  remove(clientId: string): void {
    forget(this.prefix + clientId, this.store);
    this.drop(clientId);
  }

  refuse(clientId: string, code: string, params: Params): void {
    const item = this.find(clientId);
    if (item) this.put({ ...item, refused: { code, params } });
  }

  /** Sends a refused message once more, as the same message. */
  retry(clientId: string): void {
    const item = this.find(clientId);
    if (!item) return;
    const { refused: _, ...again } = item;
    this.put(again);
  }

  /** Follows another tab of the same owner, so that a message settled there is not shown here for ever. */
  follow(event: StorageEvent): void {
    if (!event.key?.startsWith(this.prefix)) return;
    const item = event.newValue === null ? null : load<Unsent>(event.key, this.store);
    if (item) this.place(item);
    else this.drop(event.key.slice(this.prefix.length));
  }

  private put(item: Unsent): void {
    save(this.prefix + item.client_id, item, this.store);
    this.place(item);
  }

  private place(item: Unsent): void {
    const others = this.items.peek().filter(({ client_id }) => client_id !== item.client_id);
    this.items.value = [...others, item].sort(byOrder);
  }

  private drop(clientId: string): void {
    this.items.value = this.items.peek().filter((item) => item.client_id !== clientId);
  }
}

function byOrder(a: Unsent, b: Unsent): number {
  return a.order - b.order;
}
