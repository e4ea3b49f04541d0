/** Automatic messages: the log has their codes, and the viewer's language has their words. */
import { hasText, t } from "../i18n";
import type { Entry, Participant } from "../wire";

/** What somebody said in a conversation. A greeting may have the portal's own words. */
export function textOf(entry: Entry): string {
  if (entry.kind !== "bot" || entry.text) return entry.text ?? "";
  const id = `bot-${(entry.code ?? "").replaceAll("_", "-")}`;
  // A newer server may know more automatic messages than this page.
  return t(hasText(id) ? id : "bot-other");
}

/** What stands in place of a deleted message. */
export function deletedText(by: Participant, mine: boolean): string {
  if (mine) return t("message-deleted-you");
  return by.name ? t("message-deleted", { name: by.name }) : t("message-deleted-somebody");
}

/** The name that a participant is shown under. */
export function speakerOf(author: Participant): string {
  return author.kind === "system" ? t("bot-name") : author.name;
}
