import { request } from "../../shared/api";
import type {
  Colleagues,
  DeadLetterDetails,
  DeadLetterPage,
  LiveDeskView,
  Operations,
  ReplayView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { ServiceName } from "./model";

const PATIENCE_MS = 4_000;
const PAGE = 50;

export interface Wish {
  replay_id: string;
  id?: string;
  code?: string;
}

/** The REST calls of the operations page; a service that takes longer than a few seconds counts as away. */
export class OperationsSource {
  constructor(private readonly token: TokenSource) {}

  operations(service: ServiceName): Promise<Operations> {
    return this.get(`/${service}/operations`);
  }

  deadLetters(service: ServiceName): Promise<DeadLetterPage> {
    return this.get(`/${service}/operations/dead-letters?limit=${PAGE}`);
  }

  deadLetter(service: ServiceName, id: string): Promise<DeadLetterDetails> {
    return this.get(`/${service}/operations/dead-letters/${id}`);
  }

  /** Its id is made here, so that asking again, after a lost answer, asks for nothing more. */
  replay(service: ServiceName, wish: Wish): Promise<ReplayView> {
    return request(`/${service}/operations/replays`, {
      method: "POST",
      body: wish,
      token: this.token,
      idempotent: true,
    });
  }

  progress(service: ServiceName, id: string): Promise<ReplayView> {
    return this.get(`/${service}/operations/replays/${id}`);
  }

  liveDesk(since: string): Promise<LiveDeskView> {
    return this.get(`/cases/desk?${new URLSearchParams({ since })}`);
  }

  async people(): Promise<Colleagues["technicians"]> {
    return (await this.get<Colleagues>("/portal/technicians")).technicians;
  }

  private get<T>(path: string): Promise<T> {
    return request(path, { token: this.token, signal: AbortSignal.timeout(PATIENCE_MS) });
  }
}
