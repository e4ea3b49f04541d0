/** Lines of the audit log as they were read so far, and in which words they are told. */
import { signal } from "@preact/signals";
import { hasText, t } from "../../shared/i18n";
import { type AuditFilter, type AuditLine, type Integrations, NO_FILTER } from "./integrations";

export class AuditReader {
  readonly filter = signal<AuditFilter>(NO_FILTER);
  /** Null until the first page is there. */
  readonly lines = signal<readonly AuditLine[] | null>(null);
  readonly more = signal(false);
  readonly busy = signal(false);
  readonly failure = signal<unknown>(null);
  private next: string | null = null;
  /** An answer to a question that is no longer asked is not shown. */
  private question = 0;

  constructor(private readonly source: Pick<Integrations, "audit">) {}

  ask(change: Partial<AuditFilter> = {}): Promise<void> {
    this.filter.value = { ...this.filter.peek(), ...change };
    this.lines.value = null;
    this.next = null;
    return this.read();
  }

  /** The next page, behind what is there. */
  async read(): Promise<void> {
    const question = ++this.question;
    this.busy.value = true;
    try {
      const page = await this.source.audit(this.filter.peek(), this.next);
      if (question !== this.question) return;
      this.failure.value = null;
      this.lines.value = [...(this.lines.peek() ?? []), ...page.entries];
      this.next = page.next;
      this.more.value = page.next !== null;
    } catch (error) {
      if (question === this.question) this.failure.value = error;
    } finally {
      if (question === this.question) this.busy.value = false;
    }
  }
}

/** What somebody did, as a sentence; an action that has no words yet is named by its code. */
export function sentence(line: AuditLine): string {
  const id = closer(line) ?? `audit-${line.action.replace(/[._]/g, "-")}`;
  const by = line.by_name || t(line.by === "system" ? "audit-the-desk" : "audit-somebody");
  const known = { by, action: line.action, subject: line.subject_name, ...line.details };
  const number = line.details.number ?? "";
  return t(hasText(id) ? id : "audit-other", {
    ...{ number, to: "", form: "", ...known },
    ...countsOf(line.details),
  });
}

/** A change that people have a word of their own for. */
function closer({ action, changes, details }: AuditLine): string | undefined {
  const after = (field: string) => changes.find((one) => one.field === field)?.after;
  if (
    action === "technician.changed" &&
    changes.length > 0 &&
    changes.every(({ field }) => PRESENCE.includes(field))
  )
    return after("available") === "yes" ? "audit-technician-available" : "audit-technician-away";
  if (action === "api_key.changed" && after("revoked_at")) return "audit-api-key-revoked";
  if (action === "label.changed" && isYes(details.retired)) return "audit-label-retired";
  if (action === "rule.switched")
    return isYes(details.on) ? "audit-rule-switched-on" : "audit-rule-switched-off";
  if (action === "assignment.switched")
    return isYes(details.automatic) ? "audit-assignment-begun" : "audit-assignment-ended";
  return undefined;
}

const PRESENCE = ["available", "away_since", "away_at"];

/** As it was told once, and as it is told now. */
function isYes(value: string | undefined): boolean {
  return value === "yes" || value === "True";
}

/** Details are texts; what counts something chooses between one and many. */
function countsOf(details: Readonly<Record<string, string>>): Record<string, number> {
  const counted = ["count", "chats", "cases"].map((name) => [name, Number(details[name] ?? 0)]);
  return Object.fromEntries(counted) as Record<string, number>;
}
