import { ApiError, errorText } from "../shared/api";
import { t } from "../shared/i18n";
import { backoff } from "../shared/retry";

/** Whether what was asked for may well be answered later: nobody is there just now. */
export function isAway(error: unknown): boolean {
  return error instanceof ApiError && error.retry;
}

/** Why something cannot be shown: where nobody answered nothing has to be done about it, and it says so. */
export function unreadText(error: unknown): string {
  if (isAway(error)) return t("unread-away");
  return error instanceof ApiError ? errorText(error.code, error.params) : errorText("internal");
}

/** Asking again by itself, with growing pauses, until somebody answers: no press and no news has to come for it. */
export class Again {
  private failed = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** It failed: it is asked again in a while, unless another try would end alike. */
  soon(error: unknown, ask: () => unknown): void {
    this.hold();
    if (isAway(error)) this.timer = setTimeout(ask, backoff(++this.failed));
  }

  /** Asks no more for now; the next pause is as long as it would have been. */
  hold(): void {
    clearTimeout(this.timer);
  }

  /** There is an answer, or nobody wants one any more. */
  rest(): void {
    this.hold();
    this.failed = 0;
  }
}
