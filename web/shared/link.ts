/** One connection to the desk socket, kept up: authenticate, renew, notice silence, come back. */
import { signal } from "@preact/signals";
import { ApiError } from "./api";
import { backoff } from "./retry";
import { RENEW_BEFORE, type TokenSource } from "./token";
import { type ClientFrame, CloseCode, PROTOCOL, type ServerFrame } from "./wire";

/** `offline` is said only after a try to connect failed, so that a short break does not flicker. */
export type LinkState = "connecting" | "online" | "offline";

export type SocketLike = Pick<
  WebSocket,
  "send" | "close" | "onopen" | "onmessage" | "onclose" | "readyState"
>;

export interface LinkOptions {
  url: string;
  tokens: TokenSource;
  receive(frame: ServerFrame): void;
  /** The server no longer knows this person: there is nothing to come back to without a new sign-in. */
  rejected(error: ApiError): void;
  open?: (url: string) => SocketLike;
}

const TICK = 5_000;
const SILENCE = 25_000;
const PATIENCE = 10_000;
const STABLE = 5_000;
const OPEN = 1;

export class Link {
  readonly state = signal<LinkState>("connecting");
  private socket: SocketLike | null = null;
  private running = false;
  private attempt = 0;
  private readyAt = 0;
  private heardAt = 0;
  private askedAt: number | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: LinkOptions) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.ticker = setInterval(() => this.tick(), TICK);
    addEventListener("online", this.wake);
    addEventListener("offline", this.lost);
    document.addEventListener("visibilitychange", this.wake);
    void this.connect();
  }

  stop(): void {
    this.running = false;
    clearInterval(this.ticker);
    clearTimeout(this.retryTimer);
    removeEventListener("online", this.wake);
    removeEventListener("offline", this.lost);
    document.removeEventListener("visibilitychange", this.wake);
    this.discard();
  }

  /** False when there is no authenticated connection; nothing is queued here. */
  send(frame: ClientFrame): boolean {
    if (this.state.peek() !== "online") return false;
    return this.write(frame);
  }

  /** Gives up the present connection and makes another. */
  reconnect(): void {
    if (this.discard()) this.closed(CloseCode.resume);
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retryTimer);
    if (!this.wantsConnection()) return;
    const token = await this.token();
    // While the token was fetched, a wake-up may have connected already.
    if (!token || !this.wantsConnection()) return;
    const socket = (this.options.open ?? ((url) => new WebSocket(url)))(this.options.url);
    this.socket = socket;
    this.askedAt = Date.now();
    socket.onopen = () => this.write({ t: "auth", token, protocol: PROTOCOL });
    socket.onmessage = (event: MessageEvent) => this.heard(event.data);
    socket.onclose = (event: CloseEvent) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.closed(event.code);
    };
  }

  private wantsConnection(): boolean {
    return this.running && this.socket === null;
  }

  private async token(): Promise<string | null> {
    try {
      return await this.options.tokens.get();
    } catch (error) {
      if (error instanceof ApiError && [401, 403, 404, 410].includes(error.status)) {
        this.stop();
        this.state.value = "offline";
        this.options.rejected(error);
      } else if (!this.socket) this.closed(null);
      return null;
    }
  }

  private heard(data: unknown): void {
    this.heardAt = Date.now();
    this.askedAt = null;
    const frame = parse(data);
    if (!frame) return;
    if (frame.t === "ready" && this.state.peek() !== "online") {
      this.readyAt = Date.now();
      this.state.value = "online";
      this.options.receive(frame);
    } else if (frame.t !== "ready") this.options.receive(frame);
  }

  private closed(code: number | null): void {
    if (!this.running) return;
    if (this.state.peek() === "online") this.state.value = "connecting";
    else this.state.value = "offline";
    // A server that accepts and closes again at once must not be asked five times a second.
    if (this.readyAt && Date.now() - this.readyAt > STABLE) this.attempt = 0;
    this.readyAt = 0;
    if (code === CloseCode.tokenRejected) this.options.tokens.invalidate();
    this.retryTimer = setTimeout(() => void this.connect(), backoff(this.attempt++));
  }

  /** Every few seconds: renew what ends soon, ask when it is silent, give up when nothing answers. */
  private tick(): void {
    if (!this.socket) return;
    if (this.askedAt !== null) {
      if (Date.now() - this.askedAt > PATIENCE) this.reconnect();
    } else if (this.state.peek() === "online") {
      const silent = Date.now() - this.heardAt > SILENCE;
      if (silent || this.options.tokens.timeLeft() < RENEW_BEFORE) void this.renew();
    }
  }

  /** A renewal is answered by `ready`, which makes it the sign of life as well. */
  private async renew(): Promise<void> {
    this.askedAt ??= Date.now();
    const token = await this.token();
    if (token) this.send({ t: "renew", token });
  }

  private readonly wake = (): void => {
    if (document.visibilityState === "hidden") return;
    if (!this.socket) void this.connect();
    else if (this.state.peek() === "online" && this.askedAt === null) void this.renew();
  };

  private readonly lost = (): void => {
    this.reconnect();
    this.state.value = "offline";
  };

  /** Whether there was a connection. Its own close event comes late or never on a dead network. */
  private discard(): boolean {
    const socket = this.socket;
    this.socket = null;
    this.askedAt = null;
    if (!socket) return false;
    socket.onclose = null;
    socket.onmessage = null;
    socket.onopen = null;
    socket.close();
    return true;
  }

  private write(frame: ClientFrame): boolean {
    if (this.socket?.readyState !== OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }
}

function parse(data: unknown): ServerFrame | null {
  try {
    return JSON.parse(String(data)) as ServerFrame;
  } catch {
    return null;
  }
}
