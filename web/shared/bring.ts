/** Code that a page loads when it is needed first. */
import { ApiError } from "./api";

type Load<M> = () => Promise<M>;

const brought = new Map<Load<unknown>, unknown>();

/** The part, asked for anew after a failure; throws `ApiError`. The same function stands for the same part. */
export async function bring<M>(load: Load<M>): Promise<M> {
  try {
    const part = await load();
    brought.set(load, part);
    return part;
  } catch {
    // No connection, or a newer version of Deskbus, which has other files.
    throw new ApiError("network", 0);
  }
}

/** The part if it is here, so that it is shown at once. */
export function broughtBy<M>(load: Load<M>): M | undefined {
  return brought.get(load) as M | undefined;
}

/** Has a part ready for when it will be needed; if it does not come now, it is asked for again then. */
export function fetchAhead(load: Load<unknown>): void {
  void bring(load).catch(() => undefined);
}
