import { ApiError, errorText } from "../shared/api";
import { toast } from "./toasts";

/** What went wrong and what to do next, with its code; errors of our own making go to the console of the browser. */
export function explain(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  toast({ tone: "error", text: errorText(error.code, error.params), code: error.code });
}

export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : "internal";
}
