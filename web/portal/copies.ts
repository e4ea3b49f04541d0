/** What a customer takes along from a chat: a file, or a mail to themselves. */
import { computed, signal } from "@preact/signals";
import { Action } from "../shared/action";
import { newId } from "../shared/ids";
import { forget, load, save } from "../shared/local";
import type { TokenSource } from "../shared/token";
import {
  MailWatch,
  mailTranscript,
  saveFile,
  type TranscriptForm,
  transcriptFile,
} from "../shared/transcripts";

const ASKED = "deskbus.transcript.";

/** A mail that was asked for; its id is known once the server has taken the request. */
interface Asked {
  request_id: string;
  mail_id: string | null;
}

export class Copies {
  readonly saving = new Action();
  /** The form that is being made. */
  readonly form = signal<TranscriptForm | null>(null);
  readonly asking = new Action();
  private readonly asked = signal<Asked | null>(null);
  private readonly watch: MailWatch;

  /** What became of the mail; `requested` until notify has heard of it; null when there is none. */
  readonly progress = computed(() => {
    if (!this.asked.value?.mail_id) return null;
    const mail = this.watch.mail.value;
    return { state: mail?.state ?? "requested", reason: mail?.reason ?? "" } as const;
  });

  constructor(
    private readonly id: string,
    /** The last position that the customer has seen. */
    private readonly through: () => number,
    private readonly token: TokenSource,
  ) {
    this.watch = new MailWatch(token);
    this.note(load<Asked>(ASKED + id));
  }

  async save(form: TranscriptForm): Promise<void> {
    if (this.saving.busy.peek()) return;
    this.form.value = form;
    await this.saving.run(async () => {
      saveFile(await transcriptFile(this.id, form, this.through(), this.token));
    });
    this.form.value = null;
  }

  /** Asks for a mail, or for another one once the last is settled. */
  async request(): Promise<void> {
    const kept = this.asked.peek();
    const { request_id } = kept?.mail_id === null ? kept : { request_id: newId() };
    const order = { to: "customer", request_id } as const;
    await this.asking.run(
      async () => {
        save(ASKED + this.id, { request_id, mail_id: null } satisfies Asked);
        const mail_id = await mailTranscript(this.id, order, this.through(), this.token);
        this.note({ request_id, mail_id });
      },
      (error) => {
        // What was refused for good is not asked for again under the same id.
        this.note(error.retry ? { request_id, mail_id: null } : null);
        return false;
      },
    );
  }

  stop(): void {
    this.watch.stop();
  }

  private note(asked: Asked | null): void {
    this.asked.value = asked;
    if (asked) save(ASKED + this.id, asked);
    else forget(ASKED + this.id);
    if (asked?.mail_id) this.watch.follow(asked.mail_id);
  }
}
