/** JSON over HTTP: bearer tokens, errors with stable codes, and retries where they are safe. */
import type { ErrorDetail } from "./generated/rest";
import { hasText, t } from "./i18n";
import { backoff, sleep } from "./retry";
import { noteServerTime } from "./time";
import type { TokenSource } from "./token";
import type { Params } from "./wire";

export interface FieldError {
  field: string;
  code: string;
  params: Params;
}

/** All of it may be missing, because a proxy in front may answer with JSON of its own. */
interface ErrorAnswer {
  error?: Partial<Pick<ErrorDetail, "code" | "request_id">> & {
    params?: Params;
    fields?: FieldError[];
  };
}

/** What the server refused, or `network` with status 0 when it was not reached. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly params: Params = {},
    readonly fields: readonly FieldError[] = [],
    readonly requestId: string | null = null,
  ) {
    super(code);
  }

  /** Whether the same request may succeed later. */
  get retry(): boolean {
    return this.code === "network" || this.code === "unavailable";
  }
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  token?: TokenSource;
  /** Repeating it changes nothing more; then an absent server is asked again. GET always is. */
  idempotent?: boolean;
  signal?: AbortSignal;
}

const TRIES = 4;

/** The JSON answer of `/api` + `path`; throws `ApiError`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await respond(path, options);
  return (await bodyOf(response)) as T;
}

/** A file that the server made, under the name that it gave; throws `ApiError`. */
export async function requestFile(path: string, token: TokenSource): Promise<File> {
  const response = await respond(path, { token });
  const disposition = response.headers.get("content-disposition") ?? "";
  const name = /filename="([^"]+)"/.exec(disposition)?.[1] ?? "";
  return new File([await response.blob()], name);
}

async function respond(path: string, options: RequestOptions): Promise<Response> {
  const safe = options.idempotent ?? (options.method ?? "GET") === "GET";
  for (let attempt = 0; ; attempt++) {
    try {
      return await authorised(path, options);
    } catch (error) {
      if (!(safe && error instanceof ApiError && error.retry && attempt < TRIES - 1)) throw error;
      await sleep(backoff(attempt), options.signal);
    }
  }
}

/** A token can be revoked or expire on its way; that is worth one fresh token and one more try. */
async function authorised(path: string, options: RequestOptions): Promise<Response> {
  const { token } = options;
  if (!token) return once(path, options);
  const bearer = await token.get();
  try {
    return await once(path, options, bearer);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    token.invalidate(bearer);
    return once(path, options, await token.get());
  }
}

async function once(path: string, options: RequestOptions, bearer?: string): Promise<Response> {
  const response = await reach(path, options, bearer);
  noteServerTime(response.headers.get("date"));
  if (!response.ok) throw refusal(response.status, (await bodyOf(response)) as ErrorAnswer | null);
  return response;
}

async function bodyOf(response: Response): Promise<unknown> {
  return response.status === 204 ? null : response.json().catch(() => null);
}

async function reach(path: string, options: RequestOptions, bearer?: string): Promise<Response> {
  const headers = new Headers({ accept: "application/json" });
  if (options.body !== undefined) headers.set("content-type", "application/json");
  if (bearer) headers.set("authorization", `Bearer ${bearer}`);
  try {
    return await fetch(`/api${path}`, {
      method: options.method ?? "GET",
      headers,
      credentials: "same-origin",
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError("network", 0);
  }
}

function refusal(status: number, body: ErrorAnswer | null): ApiError {
  const error = body?.error;
  // A proxy in front answers without our body when the service behind it is away.
  const code = error?.code ?? (status >= 502 && status <= 504 ? "unavailable" : "internal");
  return new ApiError(code, status, error?.params, error?.fields, error?.request_id);
}

/** What happened and what to do next, in the viewer's language; a code nobody knew is said so. */
export function errorText(code: string, params: Params = {}): string {
  const id = `error-${code.replaceAll("_", "-")}`;
  const args = Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number" ? [[name, value]] : [],
    ),
  );
  return hasText(id) ? t(id, args) : t("error-internal");
}
