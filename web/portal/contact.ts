/** The customer's answer to the bot that asks for an email address. */
import { Action } from "../shared/action";
import { newId } from "../shared/ids";
import type { TokenSource } from "../shared/token";
import { giveContact } from "./backend";
import { Form } from "./form";

export class Contact {
  readonly form = new Form({}, () => undefined);
  readonly giving = new Action();
  private given = { email: "", clientId: "" };

  constructor(
    private readonly id: string,
    private readonly token: TokenSource,
  ) {}

  async give(): Promise<void> {
    const values = this.form.check({ email: "required" });
    if (!values) return;
    await this.giving.run(
      () => giveContact(this.id, this.clientIdOf(values.email), values.email, this.token),
      (error) => this.form.refuse(error.fields),
    );
  }

  /** The same address again is the same answer; a corrected one is another. */
  private clientIdOf(email: string): string {
    if (this.given.email !== email) this.given = { email, clientId: newId() };
    return this.given.clientId;
  }
}
