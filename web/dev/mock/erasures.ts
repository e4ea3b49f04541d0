/** Receipts of deleted cases in each state that they can be in. */
import type { ErasureView } from "../../shared/generated/rest";
import { type Route } from "./http.ts";
import { TINA } from "./seeds.ts";

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
const STORES: Record<string, readonly [string, number][]> = {
  portal: [["admissions", 1], ["dead_letters", 0]], // prettier-ignore
  chat: [["data_key", 1], ["conversations", 1], ["entries", 14], ["cursors", 2], ["outbox", 3]], // prettier-ignore
  cases: [["cases", 1], ["history", 22], ["contacts", 1], ["timers", 2], ["looks", 4]], // prettier-ignore
  notify: [["decisions", 5], ["mails", 2], ["inbox_entries", 3], ["received_pieces", 0]], // prettier-ignore
  transcripts: [
    ["entries", 31],
    ["data_key", 1],
  ],
};

const erasures: ErasureView[] = [
  receipt(1044, "purging", 1, 0.2),
  receipt(1041, "incomplete", 4, 12),
  receipt(1040, "purged", 1, 20),
  receipt(1017, "complete", 2, 3_000),
];

export const erasureRoutes: Route[] = [
  {
    method: "GET",
    path: /^\/cases\/erasures$/,
    answer: () => ({ body: { erasures, next: null } }),
  },
];

function receipt(
  number: number,
  state: ErasureView["state"],
  attempt: number,
  minutes: number,
): ErasureView {
  const begun = ago(minutes);
  const done = state === "complete" || state === "purged";
  return {
    case_id: `0198c0de-0000-7000-8000-00000000${number}`,
    number,
    state,
    requested_at: begun,
    requested_by: TINA,
    purged_at: done ? begun : null,
    completed_at: state === "complete" ? begun : null,
    attempt,
    services: Object.keys(STORES).map((service) => answerOf(service, state, begun)),
    key: {
      tombstones: done
        ? [{ topic: "data-keys", partition: 3, offset: 1_204, written_at: begun }]
        : [],
      gone_by: done ? ago(minutes - 61) : null,
    },
    topics: ["case-events", "chat-log"].map((topic) => ({
      topic,
      gone_by: ago(minutes - 30 * 1_440),
    })),
    remains: ["database_files", "backups", "mails_delivered"],
  };
}

/** In an incomplete one `notify` could not empty a store, and `transcripts` has not answered. */
function answerOf(
  service: string,
  state: ErasureView["state"],
  at: string,
): ErasureView["services"][number] {
  const silent =
    (state === "incomplete" && service === "transcripts") ||
    (state === "purging" && service !== "cases");
  if (silent) return { service, state: "waiting", answered_at: null, stores: [] };
  const failing = state === "incomplete" && service === "notify";
  return {
    service,
    state: failing ? "failed" : "purged",
    answered_at: at,
    stores: (STORES[service] ?? []).map(([store, removed]) => ({
      store,
      removed,
      failed: failing && store === "mails" ? "DatabaseAway" : "",
    })),
  };
}
