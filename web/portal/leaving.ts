/** A customer who waits no longer: the question that is left behind for an answer by email. */
import { signal } from "@preact/signals";
import { Action } from "../shared/action";
import { loadDraft, saveDraft } from "../shared/drafts";
import { forget, load, save } from "../shared/local";
import type { TokenSource } from "../shared/token";
import { stopWaiting } from "./backend";
import { type Fields, Form } from "./form";

const OPEN = "deskbus.leaving.";
const DECLINED = "deskbus.waiting-on.";

export class Leaving {
  /** The question is kept where the composer keeps its text: what is begun in one goes on in the other. */
  readonly form: Form;
  readonly sending = new Action();
  /** Whether the customer writes the question now. */
  readonly open = signal(false);
  /** Whether the customer came back from there, and goes on writing in the chat. */
  readonly returned = signal(false);
  /** Whether the offer was declined: it is made once. */
  readonly declined = signal(false);
  /** The case's number once the question is left. */
  readonly sent = signal<number | null>(null);
  /** The address that was asked for here, because none was known. */
  readonly email = signal("");

  constructor(
    private readonly id: string,
    private readonly token: TokenSource,
  ) {
    this.form = new Form({ question: loadDraft(id) }, ({ question }) => saveDraft(id, question));
    this.open.value = load<boolean>(OPEN + id) ?? false;
    this.declined.value = load<boolean>(DECLINED + id) ?? false;
  }

  begin(): void {
    this.form.set("question", loadDraft(this.id));
    save(OPEN + this.id, true);
    this.open.value = true;
  }

  /** Back to waiting, or to the technician who has come meanwhile. */
  goBack(): void {
    forget(OPEN + this.id);
    if (this.open.peek()) this.returned.value = true;
    this.open.value = false;
  }

  decline(): void {
    save(DECLINED + this.id, true);
    this.declined.value = true;
  }

  /** `fields` has the email where none is known. */
  async send(fields: Fields): Promise<void> {
    const values = this.form.check(fields);
    if (!values) return;
    const { question, email } = values;
    const left = { question, email: fields.email ? email : "" };
    await this.sending.run(
      async () => {
        const { number } = await stopWaiting(this.id, left, this.token);
        this.settle(number, left.email);
      },
      (error) => this.form.refuse(error.fields) || this.isTooLate(error.code),
    );
  }

  /** Somebody has come, or the chat is over: the log says which, and the text stays in the composer. */
  private isTooLate(code: string): boolean {
    if (code === "case_moved_on") this.goBack();
    return code === "case_moved_on";
  }

  private settle(number: number, email: string): void {
    saveDraft(this.id, "");
    this.goBack();
    this.email.value = email;
    this.sent.value = number;
  }
}
