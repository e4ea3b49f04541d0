/** The whole conversation as a file, or as a mail whose way is followed to its end. */
import { signal } from "@preact/signals";
import { ApiError, request, requestFile } from "./api";
import type { MailRequest, MailRequested, MailView } from "./generated/rest";
import { locale } from "./i18n";
import type { TokenSource } from "./token";

export type TranscriptForm = "txt" | "html" | "pdf";
export const TRANSCRIPT_FORMS: readonly TranscriptForm[] = ["txt", "html", "pdf"];

/** To whom, and an id that makes a repetition the same mail. */
export type TranscriptOrder = Pick<MailRequest, "to" | "address" | "request_id">;

const SETTLED: ReadonlySet<MailView["state"]> = new Set(["accepted", "failed", "unknown"]);
const FIRST_PAUSE = 700;
const LONGEST_PAUSE = 10_000;

/** Whether nothing more will become of it by itself. */
export function isSettled(mail: Pick<MailView, "state">): boolean {
  return SETTLED.has(mail.state);
}

/** `through` is the last position that the viewer has seen: nothing up to it is missing in the file. */
export function transcriptFile(
  conversation: string,
  form: TranscriptForm,
  through: number,
  token: TokenSource,
): Promise<File> {
  const wish = new URLSearchParams({ ...reading(), through: String(through) });
  return requestFile(
    `/transcripts/conversations/${conversation}.${form}?${wish.toString()}`,
    token,
  );
}

/** Hands a file to the browser, which saves it. */
export function saveFile(file: File): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The id of the mail that is under way now. */
export async function mailTranscript(
  conversation: string,
  order: TranscriptOrder,
  through: number,
  token: TokenSource,
): Promise<string> {
  const { mail_id } = await request<MailRequested>(
    `/transcripts/conversations/${conversation}/mails`,
    { method: "POST", body: { ...order, ...reading(), through }, token, idempotent: true },
  );
  return mail_id;
}

function reading() {
  const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { locale: locale.value, time_zone };
}

/** Looks after one mail until it is accepted or given up, less and less often. */
export class MailWatch {
  /** Null until notify has heard of it. */
  readonly mail = signal<MailView | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = FIRST_PAUSE;
  private watched: string | null = null;

  constructor(private readonly token: TokenSource) {}

  follow(mailId: string): void {
    this.stop();
    this.mail.value = null;
    this.pause = FIRST_PAUSE;
    this.watched = mailId;
    void this.look(mailId);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watched = null;
  }

  private async look(mailId: string): Promise<void> {
    const found = await this.find(mailId);
    if (this.watched !== mailId) return;
    if (found) this.mail.value = found;
    if (found && isSettled(found)) return;
    this.timer = setTimeout(() => void this.look(mailId), this.pause);
    this.pause = Math.min(LONGEST_PAUSE, this.pause * 1.5);
  }

  /** A refusal is no end: the request may not have come to notify yet, or nobody is reached for a while. */
  private async find(mailId: string): Promise<MailView | null> {
    try {
      return await request<MailView>(`/notify/mails/${mailId}`, { token: this.token });
    } catch (error) {
      if (error instanceof ApiError) return null;
      throw error;
    }
  }
}
