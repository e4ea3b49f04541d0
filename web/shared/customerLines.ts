/** What happened in a conversation, in the words that its customer reads. */
import { hasText, t } from "./i18n";
import type { Entry } from "./wire";

const KNOWN = new Set([
  "joined",
  "taken",
  "left",
  "resolved",
  "reopened",
  "transferred",
  "queued",
  "retracted",
]);

/** An activity line in the customer's words. */
export function lineForCustomer(entry: Entry): string {
  if (entry.kind === "ended") return endedText(String(entry.params?.by ?? ""));
  if (entry.kind === "contact")
    return t("chat-activity-contact", { email: String(entry.params?.email ?? "") });
  const code = entry.code && KNOWN.has(entry.code) ? entry.code : "other";
  return t(`chat-activity-${code}`, { name: nameOf(entry) });
}

/** The name of the technician an activity is about. */
export function nameOf(entry: Entry): string {
  return String(entry.params?.name ?? "") || entry.author.name;
}

function endedText(by: string): string {
  const id = `chat-ended-${by}`;
  return t(hasText(id) ? id : "chat-ended-technician");
}
