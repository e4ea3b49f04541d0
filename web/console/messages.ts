/** What can be done with one message (S51): to copy it, and to delete it for both sides. */
import { signal } from "@preact/signals";
import { copyText } from "../shared/clipboard";
import { t } from "../shared/i18n";
import type { Entry } from "../shared/wire";
import type { Desk } from "./desk";
import { toast } from "./toasts";

/** The message whose deletion waits for a yes: it cannot be undone. */
export const toDelete = signal<{ caseId: string; entry: Entry } | null>(null);

/** Its author may, and administrators. */
export function mayDelete(desk: Desk, entry: Entry): boolean {
  const { id, role } = desk.technician;
  return role === "administrator" || entry.author.id === id;
}

export async function copyMessage(entry: Entry): Promise<void> {
  const copied = await copyText(entry.text ?? "");
  toast({
    tone: copied ? "done" : "warning",
    text: t(copied ? "console-message-copied" : "console-message-not-copied"),
  });
}
