/** What is shown before the server has taken it, and what is said when it did not: each in words, with a way on. */
import { signal } from "@preact/signals";
import { ApiError, errorText } from "../shared/api";
import { t } from "../shared/i18n";
import type { Deleted, Entry } from "../shared/wire";
import type { Desk } from "./desk";
import type { Case } from "./model";
import type { NewNote } from "./notes";
import { toast } from "./toasts";

/** Says that something is as it was before, and why; `again` is offered where another try can help. */
export function sayLost(words: string, number: string, error: unknown, again?: () => void): void {
  // An error of our own making is no answer of the server's.
  if (!(error instanceof ApiError)) throw error;
  const why = errorText(error.code, error.params);
  const retry = again && error.retry ? { label: t("try-again"), run: again } : null;
  toast({
    tone: "error",
    text: t(words, { number, why }),
    code: error.code,
    ...(retry ? { action: retry } : {}),
  });
}

/** `giveBack` puts the text where it was written, and says whether there was room for it. */
export async function sendNote(
  desk: Desk,
  item: Case,
  note: NewNote,
  giveBack: () => boolean,
): Promise<void> {
  try {
    await desk.notes.add(note);
  } catch (error) {
    const again = giveBack() ? undefined : () => void sendNote(desk, item, note, giveBack);
    sayLost("console-note-lost", String(item.number), error, again);
  }
}

/** Messages whose deletion is on its way: shown as deleted until the answer says otherwise. */
const deletions = signal<ReadonlyMap<string, Deleted>>(new Map());

export function asShown(entry: Entry): Entry {
  const deleted = deletions.value.get(entry.id);
  return deleted && !entry.deleted ? { ...entry, text: "", deleted } : entry;
}

export async function deleteMessage(desk: Desk, caseId: string, entry: Entry): Promise<void> {
  const { id, name } = desk.technician;
  const by = { kind: "technician", id, name } as const;
  mark(entry.id, { by, time: new Date().toISOString() });
  try {
    await desk.backend.deleteMessage(caseId, entry.id);
  } catch (error) {
    mark(entry.id, null);
    const number = String(desk.store.cases.peek().get(caseId)?.number ?? "");
    sayLost("console-message-kept", number, error, () => void deleteMessage(desk, caseId, entry));
  }
}

function mark(id: string, deleted: Deleted | null): void {
  const next = new Map(deletions.peek());
  if (deleted) next.set(id, deleted);
  else next.delete(id);
  deletions.value = next;
}
