/** The mock without a server, for tests that draw the whole console: requests are answered where they are made. */
import { replyTo } from "./http.ts";
import { routes } from "./plugin.ts";

export async function fetchFromMock(address: string, asked: RequestInit = {}): Promise<Response> {
  const { method = "GET", body } = asked;
  const reply = await replyTo(routes, address, {
    method,
    body: JSON.parse((body as string | undefined) ?? "{}") as Record<string, unknown>,
    token: new Headers(asked.headers).get("authorization")?.replace(/^Bearer /, "") ?? null,
    cookie: "",
  });
  return new Response(JSON.stringify(reply.body ?? {}), { status: reply.status ?? 200 });
}

/** A connection that says nothing: what happens meanwhile is not what is tested. */
export class SilentSocket extends EventTarget {
  readyState = 0;
  send(): void {
    // Nobody hears it.
  }
  close(): void {
    // Nothing was open.
  }
}
