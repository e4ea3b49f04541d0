/** What the console's code needs of a browser, on Node: an address, a document nobody sees, requests and sockets. */
import { Window } from "happy-dom";
import { WebSocket } from "ws";

export interface Place {
  /** Where each service answers, by its name; behind a gateway they are all the same. */
  api: Readonly<Record<string, string>>;
  socket: string;
}

const window = new Window({ url: "http://desk.invalid/console/cases", width: 1440, height: 900 });
let cookie = "";
let sockets: WebSocket[] = [];

/** Has to be called before any module of the console is loaded: some look at their address at once. */
export function openWindow({ api, socket }: Place): void {
  Object.assign(globalThis, {
    window,
    document: window.document,
    location: window.location,
    history: window.history,
    localStorage: window.localStorage,
    matchMedia: window.matchMedia.bind(window),
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
    fetch: fetchFrom(api, fetch),
    WebSocket: class extends WebSocket {
      constructor() {
        super(socket);
        // Its end is told by `close`; without a listener the reason would end the process.
        this.on("error", () => undefined);
        sockets = [...sockets.filter((one) => one.readyState !== WebSocket.CLOSED), this];
      }
    },
  });
}

/** The connection is lost without a goodbye, as in a tunnel. */
export function dropSockets(): void {
  for (const one of sockets) one.terminate();
}

/** Requests to `/api/<service>/...` go to where that service is, with the session's cookie. */
function fetchFrom(api: Place["api"], plain: typeof fetch): typeof fetch {
  return async (path, options) => {
    const address = typeof path === "string" ? path : "";
    const base = api[address.split("/")[2] ?? ""] ?? "";
    const headers = new Headers(options?.headers);
    if (cookie) headers.set("cookie", cookie);
    const response = await plain(`${base}${address}`, { ...options, headers });
    for (const set of response.headers.getSetCookie()) cookie = set.split(";")[0] ?? "";
    return response;
  };
}
