/** What an entry of the inbox says. It holds ids alone: the customer's name and a note's text are asked of the case. */
import { signal } from "@preact/signals";
import {
  AlarmClock,
  ArrowRightLeft,
  AtSign,
  Bell,
  CircleAlert,
  type IconNode,
  MailX,
  RotateCcw,
  TriangleAlert,
  UserRoundCheck,
} from "lucide";
import { hasText, t } from "../../shared/i18n";
import type { TimelineEntry } from "../../shared/generated/rest";
import { type Case, customerName } from "../model";
import type { Entry } from "./inbox";

const SIGNS: Readonly<Record<string, IconNode>> = {
  mentioned: AtSign,
  assigned: UserRoundCheck,
  transferred: ArrowRightLeft,
  woken: AlarmClock,
  reopened: RotateCcw,
  sla_warned: CircleAlert,
  sla_breached: TriangleAlert,
  mail_bounced: MailX,
};

export function signOf({ kind }: Entry): IconNode {
  return SIGNS[kind] ?? Bell;
}

/** A kind that is newer than this page is said in general words. */
export function entryText(entry: Entry): string {
  const id = `console-inbox-${entry.kind.replaceAll("_", "-")}`;
  if (entry.by === null && hasText(`${id}-desk`)) return t(`${id}-desk`);
  const name = entry.by?.name || t("console-somebody");
  return t(hasText(id) ? id : "console-inbox-other", { name });
}

/** What is told politely of what has just come. */
export function newsText(fresh: readonly Entry[]): string {
  const [only] = fresh;
  if (!only) return "";
  if (fresh.length > 1) return t("console-inbox-news", { count: fresh.length });
  return t("console-inbox-about", { text: entryText(only), number: String(only.number) });
}

export interface Words {
  customer: string;
  /** What a note says; empty where the entry is about none. */
  note: string;
}

export interface WordSource {
  get(id: string): Promise<Case>;
  timeline(id: string, after: number): Promise<{ entries: readonly TimelineEntry[] }>;
}

/** The words behind entries, each asked for once, when it is first on screen. */
export class InboxWords {
  readonly known = signal<ReadonlyMap<string, Words>>(new Map());
  private readonly asked = new Set<string>();

  constructor(
    private readonly source: WordSource,
    private readonly caseOf: (id: string) => Case | undefined,
  ) {}

  wish(entry: Entry): void {
    if (this.asked.has(keyOf(entry))) return;
    this.asked.add(keyOf(entry));
    void this.ask(entry);
  }

  of(entry: Entry): Words | undefined {
    return this.known.value.get(keyOf(entry));
  }

  private async ask(entry: Entry): Promise<void> {
    try {
      const item = this.caseOf(entry.case_id) ?? (await this.source.get(entry.case_id));
      const note = entry.note_id === null ? "" : await this.note(entry, entry.note_id);
      const words = { customer: customerName(item), note };
      this.known.value = new Map([...this.known.peek(), [keyOf(entry), words]]);
    } catch {
      // A case that cannot be seen now is shown by its number alone, and asked for the next time.
      this.asked.delete(keyOf(entry));
    }
  }

  /** A transfer's note stands right before it. */
  private async note({ case_id, version }: Entry, noteId: string): Promise<string> {
    const { entries } = await this.source.timeline(case_id, Math.max(0, version - 2));
    return entries.find(({ id }) => id === noteId)?.note ?? "";
  }
}

function keyOf({ id, kind }: Entry): string {
  return `${id} ${kind}`;
}
