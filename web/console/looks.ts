/** Which colleagues have had the case on screen before them, and telling that oneself has (S17). */
import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { LookView } from "../shared/generated/rest";
import { formatLocale, t } from "../shared/i18n";

export interface LookSource {
  looks(id: string): Promise<readonly LookView[]>;
  noteLook(id: string): Promise<unknown>;
}

/** As the server has it: who goes to and fro has looked once in a quarter of an hour. */
const ONCE_MS = 15 * 60_000;

export class Looks {
  readonly found = signal<readonly LookView[]>([]);
  private of: string | null = null;
  private readonly told = new Map<string, number>();

  constructor(
    private readonly source: LookSource,
    private readonly now: () => number = Date.now,
  ) {}

  /** Follows the case that is looked at, null while none is, until the answer is called. */
  follow(lookedAt: ReadonlySignal<string | null>): () => void {
    return effect(() => {
      const id = lookedAt.value;
      untracked(() => {
        if (id !== null) void this.look(id);
      });
    });
  }

  private async look(id: string): Promise<void> {
    if (id !== this.of) this.found.value = [];
    this.of = id;
    try {
      await this.tell(id);
      const found = await this.source.looks(id);
      if (id === this.of) this.found.value = found;
    } catch {
      // A quiet line that is missing is no error worth showing; the next look asks again.
      this.told.delete(id);
    }
  }

  private async tell(id: string): Promise<void> {
    const last = this.told.get(id) ?? 0;
    if (this.now() - last < ONCE_MS) return;
    this.told.set(id, this.now());
    await this.source.noteLook(id);
  }
}

/** Who looked, each once, the latest first. */
export function lookersText(looks: readonly LookView[], me: string): string {
  const people = [...new Map(looks.map(({ person }) => [person.id, person])).values()];
  const names = people.map(({ id, name }) => {
    const known = name || t("console-former-technician");
    return id === me ? t("console-name-you", { name: known }) : known;
  });
  const list = new Intl.ListFormat(formatLocale.value, { type: "conjunction" });
  return t("console-looked", { names: list.format(names) });
}
