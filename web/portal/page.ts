/** What the portal page shows: the portal's state, and the chat or request once there is one. */
import { computed, signal } from "@preact/signals";
import { Action } from "../shared/action";
import { ApiError } from "../shared/api";
import { bring, fetchAhead } from "../shared/bring";
import { saveDraft } from "../shared/drafts";
import { forget, load, save } from "../shared/local";
import { type Entered, forgetVisit, leaveRequest, savedVisit, startChat } from "./admission";
import { getPortal, type Portal, tokensOf, type View, type Visit } from "./backend";
import type { Chat } from "./chat";
import { type Fields, Form, type Values } from "./form";
import { chatPage, requestSent } from "./later";
import { SentRequest } from "./sent";

/** How often the page asks again how things are. */
const LOOK_AGAIN = 15_000;
const DRAFT = "deskbus.visitor.";

export class PortalPage {
  readonly portal = signal<Portal | null>(null);
  /** Why the portal could not be shown. */
  readonly failure = signal<ApiError | null>(null);
  readonly chat = signal<Chat | null>(null);
  readonly sent = signal<SentRequest | null>(null);
  readonly form: Form;
  /** Going in, by a chat or by a request. */
  readonly entering = new Action();
  /** A chat instead of the request that was begun. */
  private readonly chatChosen = signal(false);

  /** What to show: whoever is writing a question is offered the chat, but not thrown into it. */
  readonly view = computed<View | undefined>(() => {
    const view = this.portal.value?.view;
    const writing = this.form.values.value.question.trim() !== "" && !this.chatChosen.value;
    return view === "chat" && writing ? "request" : view;
  });

  /** Whether somebody has come back while a request is being written. */
  readonly offersChat = computed(
    () => this.view.value === "request" && this.portal.value?.view === "chat",
  );

  readonly fields = computed<Fields>(() => {
    const names = { first_name: "required", last_name: "required" } as const;
    if (this.view.value === "request") return { ...names, email: "required", question: "required" };
    return { ...names, email: this.portal.value?.email ?? "required" };
  });

  constructor(private readonly subdomain: string) {
    const key = DRAFT + subdomain;
    // What was typed is there again after a reload, until the visitor is admitted.
    this.form = new Form(load<Partial<Values>>(key) ?? {}, (values) => save(key, values));
  }

  async start(): Promise<void> {
    const look = () => void this.lookAgain();
    setInterval(look, LOOK_AGAIN);
    document.addEventListener("visibilitychange", look);
    await this.load();
  }

  async load(): Promise<void> {
    this.failure.value = null;
    await this.ask();
  }

  private async ask(): Promise<void> {
    try {
      const [portal] = await Promise.all([getPortal(this.subdomain), this.resume()]);
      this.portal.value = portal;
      this.failure.value = null;
      fetchAhead(portal.view === "request" ? requestSent : chatPage);
    } catch (error) {
      this.failure.value = asApiError(error);
    }
  }

  /** Goes on where this browser has been before; there is nothing to fill in then. */
  private async resume(): Promise<void> {
    const visit = savedVisit(this.subdomain);
    if (visit && !this.chat.peek() && !this.sent.peek()) await this.open(visit);
  }

  chooseChat(): void {
    this.chatChosen.value = true;
  }

  async submit(): Promise<void> {
    if (this.entering.busy.peek()) return;
    const values = this.form.check(this.fields.peek());
    if (!values) return;
    await this.entering.run(
      async () => {
        // Nobody is admitted to a chat that this page could not show.
        await bring(chatPage);
        await this.entered(await this.enter(values), values.question);
      },
      (error) => this.follows(error) || this.form.refuse(error.fields),
    );
  }

  /** Leaves what is over; the form keeps who the customer is. */
  async startAgain(): Promise<void> {
    this.chat.value?.close();
    this.sent.value?.close();
    forgetVisit(this.subdomain);
    this.chat.value = null;
    this.sent.value = null;
    await this.load();
  }

  private enter(values: Values): Promise<Entered> {
    if (this.view.peek() === "request")
      return leaveRequest(this.subdomain, values, values.question);
    return startChat(this.subdomain, values);
  }

  private async entered({ visit, admission }: Entered, question: string): Promise<void> {
    // A question that was begun as a request stands in the chat, ready to be sent.
    if (visit.requested === null) saveDraft(visit.conversation_id, question);
    this.form.set("question", "");
    forget(DRAFT + this.subdomain);
    this.chatChosen.value = false;
    await this.open(visit, admission);
  }

  private async open(visit: Visit, admission: Entered["admission"] | null = null): Promise<void> {
    const tokens = tokensOf(visit, admission);
    if (visit.requested !== null) {
      this.sent.value = new SentRequest(visit, visit.requested, tokens);
      this.sent.value.lookAgain();
      return;
    }
    const { Chat } = await bring(chatPage);
    const offerAfter = computed(() => this.portal.value?.offer_after ?? null);
    const chat = new Chat(visit, tokens, offerAfter);
    chat.open();
    this.chat.value = chat;
  }

  /** The portal changed since it was shown: the page follows, with all that was typed. */
  private follows(error: ApiError): boolean {
    const view = error.params.view as View | undefined;
    if (error.code !== "portal_not_taking_chats" || !this.portal.value || !view) return false;
    this.portal.value = { ...this.portal.value, view };
    return true;
  }

  /** Somebody may have come or gone, or a case gone on; a hidden page can wait with its question. */
  private async lookAgain(): Promise<void> {
    if (document.visibilityState === "hidden") return;
    if (this.failure.peek()?.retry) return this.ask();
    this.chat.peek()?.lookAgain();
    this.sent.peek()?.lookAgain();
    const showsForm = this.portal.peek() && !this.chat.peek() && !this.sent.peek();
    if (!showsForm || this.entering.busy.peek()) return;
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
