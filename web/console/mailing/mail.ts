/** A mail to the customer (S31): its draft, which outlives a reload and a failed try, and what became of it. */
import { batch, signal } from "@preact/signals";
import { loadDraft, saveDraft } from "../../shared/drafts";
import type { MailView, TimelineEntry } from "../../shared/generated/rest";
import { newId } from "../../shared/ids";
import { TEXT_LIMIT } from "../../shared/wire";
import type { Case } from "../model";

const ABOUT = 80;
export const SUBJECT_LIMIT = 200;

/** What is sent: under the same `client_id` it is the same mail, however often it is asked for. */
export interface Written {
  client_id: string;
  subject: string;
  text: string;
}

/** What stands in the way of a mail, in words, with the code of an error. */
export interface Problem {
  text: string;
  code: string;
}

export type MailState = MailView["state"];

/** As the service makes it where none is given. */
export function subjectOf({ title, preview, number }: Pick<Case, "title" | "preview" | "number">) {
  const about = (title || preview).split(/\s+/).filter(Boolean).join(" ");
  const short =
    [...about].length > ABOUT
      ? `${[...about]
          .slice(0, ABOUT - 1)
          .join("")
          .trimEnd()}…`
      : about;
  return ["Re:", short, `[#${number}]`].filter(Boolean).join(" ");
}

/** What is being written on one case by one technician. It goes on while one looks at another case. */
export class MailForm {
  readonly subject = signal("");
  readonly text = signal("");
  readonly busy = signal(false);
  readonly problem = signal<Problem | null>(null);
  private clientId = newId();

  constructor(
    private readonly name: string,
    private preset: string,
  ) {
    const kept = read(loadDraft(name));
    this.clientId = kept?.client_id ?? newId();
    this.subject.value = kept?.subject ?? preset;
    this.text.value = kept?.text ?? "";
  }

  get blank(): boolean {
    return this.text.value.trim() === "";
  }

  /** How many characters it is too long by. */
  get over(): number {
    return Math.max(0, [...this.text.value.trim()].length - TEXT_LIMIT);
  }

  write(said: { subject?: string; text?: string }): void {
    batch(() => {
      if (said.subject !== undefined) this.subject.value = said.subject.slice(0, SUBJECT_LIMIT);
      if (said.text !== undefined) this.text.value = said.text;
    });
    this.keep();
  }

  /** The case is called otherwise by now: a subject that nobody touched follows. */
  offer(preset: string): void {
    if (this.subject.peek() === this.preset) this.subject.value = preset;
    this.preset = preset;
  }

  /** Hands over what is written; it stays where it is until it is known to be in the desk's hands. */
  async send(hand: (mail: Written) => Promise<Problem | null>): Promise<boolean> {
    if (this.busy.peek() || this.blank || this.over > 0) return false;
    this.busy.value = true;
    this.problem.value = null;
    // So that another try after a reload is the same mail.
    this.keep();
    try {
      this.problem.value = await hand({
        client_id: this.clientId,
        subject: this.subject.peek().trim(),
        text: this.text.peek().trim(),
      });
      // What was changed after an answer got lost is another mail.
      if (this.problem.peek()?.code === "mail_was_sent") this.clientId = newId();
      if (this.problem.peek() === null) this.clear();
    } finally {
      this.busy.value = false;
    }
    return this.problem.peek() === null;
  }

  private clear(): void {
    batch(() => {
      this.subject.value = this.preset;
      this.text.value = "";
    });
    this.clientId = newId();
    saveDraft(this.name, "");
  }

  private keep(): void {
    const [subject, text] = [this.subject.peek(), this.text.peek()];
    const untouched = text === "" && subject === this.preset;
    const draft = { client_id: this.clientId, subject, text } satisfies Written;
    saveDraft(this.name, untouched ? "" : JSON.stringify(draft));
  }
}

function read(kept: string): Written | null {
  try {
    return kept === "" ? null : (JSON.parse(kept) as Written);
  } catch {
    return null;
  }
}

const forms = new Map<string, MailForm>();

/** The one form of a case; colleagues may sign in at the same browser. */
export function mailFormOf(technician: string, item: Case): MailForm {
  const name = `mail/${technician}.${item.id}`;
  const form = forms.get(name) ?? new MailForm(name, subjectOf(item));
  forms.set(name, form);
  return form;
}

// ---- what became of it ---------------------------------------------------------------------------

export interface Fate {
  state: MailState;
  reason: string;
}

const STATES: ReadonlySet<string> = new Set(["waiting", "accepted", "failed", "unknown"]);

/** What the timeline knows of a mail: the last that was told of it, or that it is on its way. */
export function fateOf(entries: readonly TimelineEntry[], mailId: unknown): Fate {
  const told = entries.findLast(
    ({ type, tells }) => type === "case.follow_up_changed" && tells.mail_id === mailId,
  );
  const { state, reason } = told?.tells ?? {};
  if (typeof state !== "string" || !STATES.has(state)) return { state: "requested", reason: "" };
  return { state: state as MailState, reason: typeof reason === "string" ? reason : "" };
}
