import type {
  Colleagues,
  DeadLetterPage,
  DeadLetterView,
  LiveDeskView,
  Operations,
  ReplayView,
} from "../../shared/generated/rest";

export const SERVICES = ["portal", "chat", "cases", "notify", "transcripts"] as const;
export type ServiceName = (typeof SERVICES)[number];

/** A service as it was told last, or why it told nothing. */
export type ServiceState =
  | { name: ServiceName; phase: "asking" }
  | { name: ServiceName; phase: "away"; code: string }
  | { name: ServiceName; phase: "here"; told: Operations };

export type Health = "ready" | "limited" | "not-ready" | "away" | "asking";

/** A service that is ready may still miss something, such as the mailbox that it fetches mail from. */
export function healthOf(state: ServiceState): Health {
  if (state.phase !== "here") return state.phase;
  if (!state.told.ready) return "not-ready";
  return state.told.checks.some(({ reason }) => reason) ? "limited" : "ready";
}

export interface Letter extends DeadLetterView {
  service: ServiceName;
}

export interface Filter {
  service: ServiceName | null;
  code: "unreadable" | "failed" | null;
}

/** What one press of "replay" set going, one replay a service. */
export interface Press {
  id: number;
  replays: readonly { service: ServiceName; told: ReplayView }[];
}

export interface LiveDesk {
  cases: LiveDeskView | null;
  people: Colleagues["technicians"] | null;
}

export type Pages = ReadonlyMap<ServiceName, DeadLetterPage>;

/** The letters of all services in one list, the newest first. */
export function merged(pages: Pages, { service, code }: Filter): Letter[] {
  return [...pages]
    .filter(([name]) => service === null || name === service)
    .flatMap(([name, page]) => page.dead_letters.map((it) => ({ ...it, service: name })))
    .filter((letter) => code === null || groupOf(letter.code) === code)
    .sort((a, b) => Date.parse(b.died_at) - Date.parse(a.died_at));
}

/** Errors of ours have codes of their own; for whoever looks, the handler failed. */
export function groupOf(code: string): "unreadable" | "failed" {
  return code === "unreadable" ? "unreadable" : "failed";
}

/** How many are dead, and how many are being replayed, of a service. */
export function deadOf(state: ServiceState): { dead: number; asked: number } {
  const counts = state.phase === "here" ? (state.told.dead_letters ?? []) : [];
  const sum = (field: "dead" | "asked") => counts.reduce((n, count) => n + count[field], 0);
  return { dead: sum("dead"), asked: sum("asked") };
}

/** What became of a press, over all services. */
export function outcomeOf({ replays }: Press) {
  const sum = (field: "total" | "done" | "parked" | "skipped" | "failed" | "left") =>
    replays.reduce((n, { told }) => n + told[field], 0);
  return {
    total: sum("total"),
    handled: sum("done") + sum("parked") + sum("skipped"),
    failed: sum("failed"),
    left: sum("left"),
  };
}

const CHECKS = [
  "database",
  "broker",
  "bus",
  "directory",
  "keyring",
  "log",
  "broadcasts",
  "mailbox",
];

/** The message that says in plain words what a check that fails means. */
export function troubleOf(check: string): string {
  return CHECKS.includes(check) ? check : "other";
}

const AWAY: Readonly<Record<string, string>> = {
  DatabaseAway: "database",
  BrokerAway: "broker",
  KeyUnknown: "key",
  SecretChanged: "secret",
  DirectoryLoading: "directory",
};

/** What a reader waits for, as the end of a message's id. */
export function waitOf(waits: string | null | undefined): string {
  return AWAY[waits ?? ""] ?? "other";
}

/** The beginning of the viewer's day, which today's figures count from. */
export function startOfDay(now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
