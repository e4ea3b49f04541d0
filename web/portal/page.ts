/** What the portal page shows: the portal's state, and the chat once there is one. */
import { signal } from "@preact/signals";
import { ApiError } from "../shared/api";
import { forgetVisit, savedVisit, startVisit } from "./admission";
import { getPortal, type Portal, tokensOf, type View, type Visit } from "./backend";
import { Chat } from "./chat";
import { ChatForm } from "./form";

/** How often a page that waits for somebody to be there asks again. */
const LOOK_AGAIN = 15_000;

export class PortalPage {
  readonly portal = signal<Portal | null>(null);
  /** Why the portal could not be shown. */
  readonly failure = signal<ApiError | null>(null);
  readonly chat = signal<Chat | null>(null);
  readonly form: ChatForm;
  readonly starting = signal(false);
  /** Why the chat did not start, when it is not about a field. */
  readonly refusal = signal<ApiError | null>(null);

  constructor(private readonly subdomain: string) {
    this.form = new ChatForm(subdomain);
  }

  async start(): Promise<void> {
    const visit = savedVisit(this.subdomain);
    if (visit) this.chat.value = this.open(visit);
    setInterval(() => void this.lookAgain(), LOOK_AGAIN);
    await this.load();
  }

  async load(): Promise<void> {
    this.failure.value = null;
    try {
      this.portal.value = await getPortal(this.subdomain);
    } catch (error) {
      this.failure.value = asApiError(error);
    }
  }

  async submit(): Promise<void> {
    if (this.starting.peek()) return;
    const visitor = this.form.check();
    this.refusal.value = null;
    if (!visitor) return;
    this.starting.value = true;
    try {
      const { visit, admission } = await startVisit(this.subdomain, visitor);
      this.form.admitted();
      this.chat.value = this.open(visit, admission);
    } catch (error) {
      this.notStarted(asApiError(error));
    } finally {
      this.starting.value = false;
    }
  }

  /** Leaves a chat that is over; the form keeps who the customer is. */
  async startAgain(): Promise<void> {
    this.chat.value?.close();
    forgetVisit(this.subdomain);
    this.chat.value = null;
    await this.load();
  }

  private open(visit: Visit, admission: Parameters<typeof tokensOf>[1] = null): Chat {
    const chat = new Chat(visit, tokensOf(visit, admission));
    chat.open();
    return chat;
  }

  private notStarted(error: ApiError): void {
    const view = error.params.view as View | undefined;
    if (error.code === "portal_not_taking_chats" && this.portal.value && view)
      this.portal.value = { ...this.portal.value, view };
    else if (!this.form.refuse(error.fields)) this.refusal.value = error;
  }

  /** Somebody may have come back; a hidden page can wait with its question. */
  private async lookAgain(): Promise<void> {
    const waiting = this.portal.peek()?.view === "request" && !this.chat.peek();
    if (!waiting || document.visibilityState === "hidden") return;
    try {
      this.portal.value = await getPortal(this.subdomain);
    } catch (error) {
      asApiError(error);
    }
  }
}

/** Anything else is a defect of ours and must reach the console. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}
