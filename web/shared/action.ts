/** Something that a person starts and that may fail. */
import { signal } from "@preact/signals";
import { ApiError } from "./api";

/** Runs once at a time, however often the button is pressed, and keeps why it failed for showing. */
export class Action {
  readonly busy = signal(false);
  readonly failure = signal<ApiError | null>(null);

  /** Whether it succeeded; `settles` says that a failure is dealt with and need not be shown here. */
  async run(
    work: () => Promise<unknown>,
    settles: (error: ApiError) => boolean = () => false,
  ): Promise<boolean> {
    if (this.busy.peek()) return false;
    this.busy.value = true;
    this.failure.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      // Anything else is a defect of ours and must reach the console.
      if (!(error instanceof ApiError)) throw error;
      if (!settles(error)) this.failure.value = error;
      return false;
    } finally {
      this.busy.value = false;
    }
  }
}
