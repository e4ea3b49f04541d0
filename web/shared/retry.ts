/** Waiting between tries. */

const FIRST = 200;
const LONGEST = 10_000;

/** Milliseconds before try number `attempt` + 1: doubling from 0.2 to 10 s, the upper half at random
 * so that many clients of a server that comes back do not all knock in the same instant. */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** attempt);
  return ceiling / 2 + random() * (ceiling / 2);
}

export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
