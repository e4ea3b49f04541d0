/** From what to what marks of a case were changed, in the words of whoever reads it. */
import { t } from "../shared/i18n";
import type { MarkChange, TimelineEntry } from "../shared/generated/rest";

/** The changes one after the other; empty where the entry tells of none. */
export function changedText({ changes }: TimelineEntry): string {
  return changes.map(markText).join(", ");
}

function markText({ field, before, after }: MarkChange): string {
  if (field === "title") return titleText(String(before), String(after));
  if (field === "priority")
    return t("console-mark-priority", { before: priority(before), after: priority(after) });
  return t(after === true ? "console-mark-on" : "console-mark-off", {
    field: t(`console-field-${field}`),
  });
}

function titleText(before: string, after: string): string {
  if (before === "") return t("console-mark-title-set", { after });
  if (after === "") return t("console-mark-title-removed", { before });
  return t("console-mark-title", { before, after });
}

function priority(value: string | boolean): string {
  return t(`console-priority-${String(value)}`);
}
