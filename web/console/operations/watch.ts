import { batch, signal } from "@preact/signals";
import { newId } from "../../shared/ids";
import { serverNow } from "../../shared/time";
import { codeOf, explain } from "../explain";
import {
  deadOf,
  type Filter,
  type Letter,
  type LiveDesk,
  outcomeOf,
  type Pages,
  type Press,
  SERVICES,
  type ServiceName,
  type ServiceState,
  startOfDay,
} from "./model";
import type { OperationsSource } from "./source";

const LOOK_MS = 3_000;
const PROGRESS_MS = 700;

/** Looks at the desk again and again while somebody looks at the page, and asks for replays. */
export class Watch {
  readonly services = signal<readonly ServiceState[]>(
    SERVICES.map((name) => ({ name, phase: "asking" })),
  );
  readonly pages = signal<Pages>(new Map());
  readonly live = signal<LiveDesk>({ cases: null, people: null });
  readonly filter = signal<Filter>({ service: null, code: null });
  readonly press = signal<Press | null>(null);
  /** Whether every service has been asked once. */
  readonly looked = signal(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private presses = 0;

  constructor(readonly source: OperationsSource) {}

  start(): void {
    this.running = true;
    document.addEventListener("visibilitychange", this.onVisible);
    void this.look();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.onVisible);
  }

  private readonly onVisible = () => {
    if (document.visibilityState === "visible") void this.look();
  };

  /** One look at everything, and the next in a few seconds. */
  async look(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.all([...SERVICES.map((name) => this.ask(name)), this.askLive()]);
    this.looked.value = true;
    clearTimeout(this.timer);
    if (this.running && document.visibilityState === "visible")
      this.timer = setTimeout(() => void this.look(), LOOK_MS);
  }

  private async ask(name: ServiceName): Promise<void> {
    let state: ServiceState;
    let page = null;
    try {
      state = { name, phase: "here", told: await this.source.operations(name) };
      const { dead, asked } = deadOf(state);
      if (dead + asked > 0) page = await this.source.deadLetters(name);
    } catch (error) {
      state = { name, phase: "away", code: codeOfAbsence(error) };
    }
    batch(() => {
      this.services.value = this.services.value.map((it) => (it.name === name ? state : it));
      const pages = new Map(this.pages.value);
      if (page) pages.set(name, page);
      // Of a service that is away what was seen last goes on being shown.
      else if (state.phase === "here") pages.delete(name);
      this.pages.value = pages;
    });
  }

  private async askLive(): Promise<void> {
    const [cases, people] = await Promise.all([
      this.source.liveDesk(startOfDay(serverNow())).catch(() => null),
      this.source.people().catch(() => null),
    ]);
    this.live.value = { cases, people };
  }

  async replay(letter: Letter): Promise<void> {
    await this.begin([[letter.service, { id: letter.id }]]);
  }

  /** All that the filter shows, of each service that has some. */
  async replayAll(): Promise<void> {
    const { service, code } = this.filter.value;
    const concerned = this.services.value.filter(
      (it) => (service === null || it.name === service) && deadOf(it).dead > 0,
    );
    await this.begin(concerned.map(({ name }) => [name, code === null ? {} : { code }]));
  }

  private async begin(wishes: [ServiceName, { id?: string; code?: string }][]): Promise<void> {
    const id = ++this.presses;
    try {
      const replays = await Promise.all(
        wishes.map(async ([service, wish]) => ({
          service,
          told: await this.source.replay(service, { replay_id: newId(), ...wish }),
        })),
      );
      this.press.value = { id, replays };
      await this.follow(id);
    } catch (error) {
      explain(error);
    }
    await this.look();
  }

  /** Until nothing is left, the page is closed, or another press is followed. */
  private async follow(id: number): Promise<void> {
    for (let press = this.current(id); press; press = this.current(id)) {
      await new Promise((resolve) => setTimeout(resolve, PROGRESS_MS));
      const replays = await Promise.all(
        press.replays.map(async (it) => ({
          ...it,
          told: await this.source.progress(it.service, it.told.replay_id).catch(() => it.told),
        })),
      );
      if (this.current(id)) this.press.value = { id, replays };
    }
  }

  /** The press of this id while it is followed and something of it is left. */
  private current(id: number): Press | null {
    const press = this.press.peek();
    return this.running && press?.id === id && outcomeOf(press).left > 0 ? press : null;
  }
}

/** A service that does not answer in time is as little there as one that cannot be reached. */
function codeOfAbsence(error: unknown): string {
  return error instanceof DOMException ? "unavailable" : codeOf(error);
}
