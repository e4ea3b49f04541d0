import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import type { MailRequest } from "../shared/generated/rest";
import { newId } from "../shared/ids";
import type { TranscriptOrder } from "../shared/transcripts";
import type { Case } from "./model";

export type Addressee = MailRequest["to"];
export const ADDRESSEES: readonly Addressee[] = ["customer", "assignee", "address"];

/** Whether it can be mailed to them at all: only where there is somebody, with an address. */
export function canReach(item: Case, to: Addressee): boolean {
  if (to === "customer") return item.customer.email !== "";
  return to === "address" || item.assignee !== null;
}

/** The form of "Send transcript": to whom, and what was wrong with it. */
export class TranscriptForm {
  readonly to = signal<Addressee>("customer");
  readonly address = signal("");
  readonly busy = signal(false);
  /** The message id of what is wrong with the address. */
  readonly addressError = signal<string | null>(null);
  /** How often the address was found wrong; each time its field takes the focus again. */
  readonly mistakes = signal(0);
  readonly refusal = signal<ApiError | null>(null);
  private requestId = newId();

  constructor(private readonly send: (order: TranscriptOrder) => Promise<string>) {}

  /** A fresh form; a mail that is asked for from here on is another one. */
  reset(item: Case): void {
    this.choose(canReach(item, "customer") ? "customer" : "address");
    this.address.value = "";
  }

  choose(to: Addressee): void {
    this.to.value = to;
    this.renew();
  }

  write(address: string): void {
    this.address.value = address;
    this.renew();
  }

  /** What has changed is another mail; what has not is the same, however often it is sent. */
  renew(): void {
    this.requestId = newId();
    this.addressError.value = null;
    this.refusal.value = null;
  }

  /** The id of the mail, or null for what was wrong and is said in the form. */
  async submit(): Promise<string | null> {
    if (this.busy.peek() || !this.isComplete()) return null;
    this.busy.value = true;
    this.refusal.value = null;
    try {
      return await this.send(this.order());
    } catch (error) {
      this.refuse(error);
      return null;
    } finally {
      this.busy.value = false;
    }
  }

  private order(): TranscriptOrder {
    const to = this.to.peek();
    const address = to === "address" ? this.address.peek().trim() : null;
    return { to, address, request_id: this.requestId };
  }

  private isComplete(): boolean {
    const wrong = this.to.peek() === "address" ? wrongWith(this.address.peek()) : null;
    if (wrong) this.mark(wrong);
    return wrong === null;
  }

  private refuse(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    const field = error.fields.find((one) => one.field === "address");
    if (field) this.mark(`field-${field.code.replaceAll("_", "-")}`);
    else this.refusal.value = error;
  }

  private mark(wrong: string): void {
    this.addressError.value = wrong;
    this.mistakes.value += 1;
  }
}

function wrongWith(address: string): string | null {
  if (address.trim() === "") return "field-required";
  return /^[^\s,;]+@[^\s,;]+$/.test(address.trim()) ? null : "field-invalid-email";
}
