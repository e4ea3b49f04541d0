/** Just enough HTTP for the mock: routes by method and path, JSON in and out. */
import type { IncomingMessage, ServerResponse } from "node:http";

export interface Call {
  params: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
  token: string | null;
  cookie: string;
}

export interface Reply {
  status?: number;
  body?: unknown;
  /** In place of the body: something to download. */
  file?: { name: string; type: string; content: string };
  cookie?: string;
}

export interface Route {
  method: string;
  /** Matched against the path after `/api`; its groups become `params`. */
  path: RegExp;
  answer: (call: Call) => Reply | Promise<Reply>;
}

export function refuse(status: number, code: string, more: object = {}): Reply {
  return {
    status,
    body: { error: { code, message: code, params: {}, request_id: "mock", ...more } },
  };
}

/** What the first route that fits says to a request. */
export async function replyTo(
  routes: readonly Route[],
  address: string,
  { method, ...said }: Omit<Call, "params" | "query"> & { method: string },
): Promise<Reply> {
  const { pathname, searchParams: query } = new URL(address, "http://mock");
  const path = pathname.replace(/^\/api/, "");
  const found = routes.find((route) => route.method === method && route.path.test(path));
  const params = (found?.path.exec(path) ?? []).slice(1);
  return (await found?.answer({ params, query, ...said })) ?? refuse(404, "not_found");
}

export async function serve(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = await replyTo(routes, request.url ?? "/", {
    method: request.method ?? "GET",
    body: await bodyOf(request),
    token: request.headers.authorization?.replace(/^Bearer /, "") ?? null,
    cookie: request.headers.cookie ?? "",
  });
  response.statusCode = reply.status ?? 200;
  response.setHeader("content-type", reply.file?.type ?? "application/json");
  response.setHeader("date", new Date().toUTCString());
  if (reply.cookie) response.setHeader("set-cookie", reply.cookie);
  if (reply.file) {
    response.setHeader("content-disposition", `attachment; filename="${reply.file.name}"`);
    response.end(reply.file.content);
  } else response.end(reply.body === undefined ? "" : JSON.stringify(reply.body));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const piece of request) text += String(piece);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
