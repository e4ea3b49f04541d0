/** A server for tests of a page: REST by the end of the path, and a socket that connects to nothing. */
import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

type Reply = () => [status: number, body: unknown];

export class FakeDesk {
  readonly asked: Asked[] = [];
  /** By the end of the path, without the query. */
  readonly replies: Record<string, Reply> = {};

  /** Takes the place of the network until `vi.unstubAllGlobals`. */
  install(): void {
    vi.stubGlobal("fetch", async (input: string, init?: RequestInit) => {
      const path = input.split("?")[0] ?? "";
      const body = JSON.parse((init?.body as string | undefined) ?? "{}") as Record<
        string,
        unknown
      >;
      this.asked.push({ method: init?.method ?? "GET", path, body });
      const found = Object.entries(this.replies).find(([end]) => path.endsWith(end));
      const [status, answer] = found?.[1]() ?? [404, { error: { code: "not_found" } }];
      return new Response(JSON.stringify(answer), { status });
    });
    vi.stubGlobal("WebSocket", SilentSocket);
  }

  refuse(end: string, status: number, code: string, more: object = {}): void {
    this.replies[end] = () => [status, { error: { code, ...more } }];
  }

  to(end: string): Asked[] {
    return this.asked.filter(({ path }) => path.endsWith(end));
  }
}

class SilentSocket extends EventTarget {
  readyState = 0;
  send(): void {
    // Nobody hears it.
  }
  close(): void {
    // Nothing was open.
  }
}

export function accessToken(name = "a") {
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  return { access_token: name, expires_at };
}
