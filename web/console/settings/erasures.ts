/** The receipts of deleted cases, read again while one of them is not complete. */
import { signal } from "@preact/signals";
import type { ErasureList, ErasureView } from "../../shared/generated/rest";

export type Erasure = ErasureView;

export interface ErasureSource {
  erasures(after: string | null): Promise<ErasureList>;
}

const LOOK_AGAIN_MS = 3_000;

export class ErasureBook {
  /** Null until they were read; the latest first. */
  readonly erasures = signal<readonly Erasure[] | null>(null);
  readonly next = signal<string | null>(null);
  readonly failure = signal<unknown>(null);
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly source: ErasureSource) {}

  open(): void {
    void this.read();
    this.timer = setInterval(() => {
      if (this.erasures.peek()?.some(({ state }) => state !== "complete")) void this.read();
    }, LOOK_AGAIN_MS);
  }

  close(): void {
    clearInterval(this.timer);
  }

  /** The first page anew; what was read behind it stays. */
  async read(): Promise<void> {
    try {
      const page = await this.source.erasures(null);
      const known = this.erasures.peek();
      const fresh = new Set(page.erasures.map(({ case_id }) => case_id));
      const behind = (known ?? []).filter(({ case_id }) => !fresh.has(case_id));
      this.erasures.value = [...page.erasures, ...behind];
      if (behind.length === 0) this.next.value = page.next;
      this.failure.value = null;
    } catch (error) {
      this.failure.value = error;
    }
  }

  async more(): Promise<void> {
    const page = await this.source.erasures(this.next.peek());
    const known = new Set(this.erasures.peek()?.map(({ case_id }) => case_id));
    const new_ = page.erasures.filter(({ case_id }) => !known.has(case_id));
    this.erasures.value = [...(this.erasures.peek() ?? []), ...new_];
    this.next.value = page.next;
  }
}
