/** The form before a chat: what was typed, and what is wrong with it. */
import { computed, type Signal, signal } from "@preact/signals";
import type { FieldError } from "../shared/api";
import { hasText, t } from "../shared/i18n";
import { forget, load, save } from "../shared/local";
import type { Visitor } from "./backend";

export type FieldName = keyof Visitor;

export const FIELDS: readonly FieldName[] = ["first_name", "last_name", "email"];

const LONGEST: Record<FieldName, number> = { first_name: 100, last_name: 100, email: 254 };
// Something, an at sign, something with a dot: enough to catch a slip. The server knows the rest.
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u;
const CONTROL = /\p{Cc}/u;

const DRAFT = "deskbus.visitor.";

type Problem = Omit<FieldError, "field">;
type Problems = Partial<Record<FieldName, Problem>>;

export class ChatForm {
  readonly values: Signal<Visitor>;
  readonly problems = signal<Problems>({});
  readonly valid = computed(() => Object.keys(this.problems.value).length === 0);

  /** What was typed at this portal is there again after a reload, until the visitor is admitted. */
  constructor(private readonly subdomain: string) {
    this.values = signal(draftOf(subdomain));
  }

  /** The visitor is in: what was typed is shown here still, but no longer kept. */
  admitted(): void {
    forget(DRAFT + this.subdomain);
  }

  /** A field that was marked is looked at again while it is corrected, others only on submission. */
  set(field: FieldName, value: string): void {
    this.values.value = { ...this.values.peek(), [field]: value };
    save(DRAFT + this.subdomain, this.values.peek());
    if (this.problems.peek()[field]) this.mark({ [field]: problemOf(field, value) }, true);
  }

  /** What goes to the server, or null when something is to be corrected first. */
  check(): Visitor | null {
    const values = this.values.peek();
    this.mark(Object.fromEntries(FIELDS.map((field) => [field, problemOf(field, values[field])])));
    if (!this.valid.peek()) return null;
    const { first_name, last_name, email } = values;
    return { first_name: first_name.trim(), last_name: last_name.trim(), email: email.trim() };
  }

  /** Takes the server's judgement; false when it is about nothing that stands in this form. */
  refuse(errors: readonly FieldError[]): boolean {
    const own = errors.filter(({ field }) => FIELDS.includes(field as FieldName));
    this.mark(Object.fromEntries(own.map((error) => [error.field, error])));
    return own.length > 0;
  }

  text(field: FieldName): string | undefined {
    const problem = this.problems.value[field];
    if (!problem) return undefined;
    const id = `field-${problem.code.replaceAll("_", "-")}`;
    return hasText(id) ? t(id, { max: Number(problem.params.max ?? 0) }) : t("field-invalid");
  }

  private mark(found: Partial<Record<FieldName, Problem | null>>, keep = false): void {
    const all = { ...(keep ? this.problems.peek() : {}), ...found };
    const left = Object.entries(all).filter(([, problem]) => problem);
    this.problems.value = Object.fromEntries(left);
  }
}

function draftOf(subdomain: string): Visitor {
  const kept = load<Partial<Visitor>>(DRAFT + subdomain);
  return {
    first_name: kept?.first_name ?? "",
    last_name: kept?.last_name ?? "",
    email: kept?.email ?? "",
  };
}

export function problemOf(field: FieldName, value: string): Problem | null {
  const text = value.trim();
  const problem = (code: string, params = {}) => ({ code, params });
  if (text === "") return problem("required");
  if ([...text].length > LONGEST[field]) return problem("too_long", { max: LONGEST[field] });
  if (CONTROL.test(text)) return problem("control_characters");
  if (field === "email" && !EMAIL.test(text)) return problem("invalid_email");
  return null;
}
