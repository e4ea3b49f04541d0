import { type ReadonlySignal, signal, untracked } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { CaseMap } from "./cases/lists";

/** Brings the case of the address, which need not be in any page that is loaded. */
export class Finding {
  /** Why the case of the address cannot be shown. */
  readonly notFound = signal<{ id: string; error: unknown } | null>(null);
  private sought: string | null = null;

  constructor(
    private readonly known: ReadonlySignal<CaseMap>,
    private readonly bring: (id: string) => Promise<void>,
  ) {}

  /** Called in an effect: asks once for a case that is not known. */
  follow(id: string | null): void {
    if (id === null || this.known.value.has(id) || this.sought === id) return;
    untracked(() => void this.find(id));
  }

  async find(id: string): Promise<void> {
    this.sought = id;
    if (this.notFound.peek()?.id !== id) this.notFound.value = null;
    try {
      await this.bring(id);
      // The service of cases may not know yet that one is not available; here it is hidden already.
      if (!this.known.peek().has(id)) throw new ApiError("case_unknown", 404);
      this.notFound.value = null;
    } catch (error) {
      this.notFound.value = { id, error };
    } finally {
      if (this.notFound.value?.id !== id) this.sought = null;
    }
  }

  /** The case on screen is no more; nothing is looked for. */
  lose(id: string, error: unknown): void {
    this.sought = id;
    this.notFound.value = { id, error };
  }
}
