/** The mails that came into cases, as notify keeps them: what hangs on them, and each as it came. */
import { signal } from "@preact/signals";
import { request, requestFile } from "../../shared/api";
import type { AttachmentView, ReceivedList, ReceivedView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";

export type { AttachmentView, ReceivedView } from "../../shared/generated/rest";

/** How much of an original is put on screen; all of it can be saved. */
const SHOWN_CHARACTERS = 200_000;

export interface Original {
  file: File;
  /** Its beginning, as text. */
  source: string;
  cut: boolean;
}

export class ReceivedMails {
  private readonly of = signal<ReadonlyMap<string, readonly ReceivedView[]>>(new Map());
  private readonly asked = new Map<string, number>();

  constructor(private readonly token: TokenSource) {}

  /** What is known of a mail; nothing until it was asked for. */
  find(caseId: string, mailId: string): ReceivedView | undefined {
    return this.of.value.get(caseId)?.find((mail) => mail.mail_id === mailId);
  }

  /** The mail that the case began with. */
  opening(caseId: string): ReceivedView | undefined {
    return this.of.value.get(caseId)?.find((mail) => mail.opens);
  }

  /** Reads the mails of a case, once for each number of them. */
  async read(caseId: string, mails: number): Promise<void> {
    if ((this.asked.get(caseId) ?? -1) >= mails) return;
    this.asked.set(caseId, mails);
    try {
      const path = `/notify/cases/${caseId}/received`;
      const { received } = await request<ReceivedList>(path, { token: this.token });
      this.of.value = new Map(this.of.peek()).set(caseId, received);
    } catch {
      // What was written is on screen; the next look asks again for what hangs on it.
      this.asked.delete(caseId);
    }
  }

  async attachment(mailId: string, place: number, { name }: AttachmentView): Promise<File> {
    const file = await requestFile(`/notify/received/${mailId}/attachments/${place}`, this.token);
    return new File([file], name || `attachment-${place + 1}`);
  }

  async original(mailId: string): Promise<Original> {
    const raw = await requestFile(`/notify/received/${mailId}/original`, this.token);
    const file = new File([raw], `${mailId}.eml`, { type: "message/rfc822" });
    const source = await file.slice(0, SHOWN_CHARACTERS).text();
    return { file, source, cut: file.size > SHOWN_CHARACTERS };
  }
}
