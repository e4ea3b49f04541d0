import { backoff } from "../shared/retry";
import { isAway } from "./again";

/** Frames that tell of many cases ask for the counts so often: seldom enough, and still within a second. */
const AFTER_MS = 500;

/**
 * Asks for counts a moment after it became uncertain whether those on screen are right, and until there is an answer:
 * no later change has to come that would ask again.
 */
export class Counting {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** How often what the timer waits for has failed. */
  private failed = 0;
  private stopped = false;

  constructor(private readonly read: () => Promise<unknown>) {}

  soon(): void {
    this.wait(0);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wait(failed: number): void {
    // A wait that every frame began anew would have no end where there is always something going on.
    if (this.stopped || (this.timer !== undefined && this.failed <= failed)) return;
    clearTimeout(this.timer);
    this.failed = failed;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.read().catch((error: unknown) => {
          if (isAway(error)) this.wait(failed + 1);
        });
      },
      failed === 0 ? AFTER_MS : AFTER_MS + backoff(failed),
    );
  }
}
