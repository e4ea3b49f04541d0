import { hasText, t } from "../shared/i18n";
import type { Entry } from "../shared/wire";
import { type Case, customerName } from "./model";

/** An activity line as a technician reads it; a code that is newer than this page is said in general words. */
export function activityText(entry: Entry, me: string, item: Case): string {
  if (entry.kind === "ended") return endedText(entry, me, item);
  if (entry.kind === "contact") return contactText(entry, item);
  const who = String(entry.params?.technician_id ?? entry.author.id ?? "");
  const name = String(entry.params?.name ?? entry.author.name);
  const id = `console-activity-${entry.code?.replaceAll("_", "-")}`;
  if (who === me && hasText(`${id}-you`)) return t(`${id}-you`);
  return hasText(id) ? t(id, { name }) : t("console-activity-other");
}

function contactText(entry: Entry, item: Case): string {
  return t("console-contact", { name: customerName(item), email: String(entry.params?.email) });
}

/** Who ended it where the entry's author does not say: the customer, or the desk in their stead. */
const ENDED: Readonly<Record<string, string>> = {
  customer: "console-ended-customer",
  request: "console-ended-request",
  gone: "console-ended-gone",
};

function endedText(entry: Entry, me: string, item: Case): string {
  const by = String(entry.params?.by);
  if (by === "resolved") return t("console-ended-resolved");
  const customers = ENDED[by];
  if (customers) return t(customers, { name: customerName(item) });
  if (entry.author.id === me) return t("console-ended-you");
  const { name } = entry.author;
  return name ? t("console-ended-technician", { name }) : t("console-ended-somebody");
}
