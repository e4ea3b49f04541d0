/** What a customer types into the fields of a form, and what is wrong with it. */
import { computed, type Signal, signal } from "@preact/signals";
import type { FieldError } from "../shared/api";
import { hasText, t } from "../shared/i18n";
import { TEXT_LIMIT } from "../shared/wire";

const LONGEST = {
  first_name: 100,
  last_name: 100,
  email: 254,
  question: TEXT_LIMIT,
  comment: 2_000,
};

export type FieldName = keyof typeof LONGEST;
export type Values = Record<FieldName, string>;

/** The fields that a form has at the moment, from top to bottom. */
export type Fields = Partial<Record<FieldName, "required" | "optional">>;

// Something, an at sign, something with a dot: enough to catch a slip. The server knows the rest.
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u;
const CONTROL = /\p{Cc}/u;
const SEVERAL_LINES: ReadonlySet<FieldName> = new Set(["question", "comment"]);

type Problem = Omit<FieldError, "field">;
type Problems = Partial<Record<FieldName, Problem>>;

export class Form {
  readonly values: Signal<Values>;
  readonly problems = signal<Problems>({});
  readonly valid = computed(() => Object.keys(this.problems.value).length === 0);
  private fields: Fields = {};

  /** `keep` gets what is typed at every key. */
  constructor(
    typed: Partial<Values>,
    private readonly keep: (values: Values) => void,
  ) {
    const empty = { first_name: "", last_name: "", email: "", question: "", comment: "" };
    this.values = signal({ ...empty, ...typed });
  }

  /** A field that was marked is looked at again while it is corrected, others only on submission. */
  set(field: FieldName, value: string): void {
    this.values.value = { ...this.values.peek(), [field]: value };
    this.keep(this.values.peek());
    if (this.problems.peek()[field]) this.mark({ [field]: this.problemOf(field) }, true);
  }

  /** What goes to the server, or null when something is to be corrected first. */
  check(fields: Fields): Values | null {
    this.fields = fields;
    this.mark(Object.fromEntries(namesOf(fields).map((field) => [field, this.problemOf(field)])));
    if (!this.valid.peek()) return null;
    const values = Object.entries(this.values.peek()).map(([field, text]) => [field, text.trim()]);
    return Object.fromEntries(values) as Values;
  }

  /** Takes the server's judgement; false when it is about nothing that stands in this form. */
  refuse(errors: readonly FieldError[]): boolean {
    const own = errors.filter(({ field }) => field in this.fields);
    this.mark(Object.fromEntries(own.map((error) => [error.field, error])));
    return own.length > 0;
  }

  /** The first field that is to be corrected. */
  firstProblem(): FieldName | undefined {
    return namesOf(this.fields).find((field) => this.problems.peek()[field]);
  }

  text(field: FieldName): string | undefined {
    const problem = this.problems.value[field];
    if (!problem) return undefined;
    const id = `field-${problem.code.replaceAll("_", "-")}`;
    return hasText(id) ? t(id, { max: Number(problem.params.max ?? 0) }) : t("field-invalid");
  }

  private problemOf(field: FieldName): Problem | null {
    const value = this.values.peek()[field];
    if (this.fields[field] === "optional" && value.trim() === "") return null;
    return problemOf(field, value);
  }

  private mark(found: Partial<Record<FieldName, Problem | null>>, keep = false): void {
    const all = { ...(keep ? this.problems.peek() : {}), ...found };
    const left = Object.entries(all).filter(([, problem]) => problem);
    this.problems.value = Object.fromEntries(left);
  }
}

function namesOf(fields: Fields): FieldName[] {
  return Object.keys(fields) as FieldName[];
}

/** Whether it has the form of an email address. */
export function isEmail(text: string): boolean {
  return problemOf("email", text) === null;
}

export function problemOf(field: FieldName, value: string): Problem | null {
  const text = value.trim();
  const problem = (code: string, params = {}) => ({ code, params });
  if (text === "") return problem("required");
  if ([...text].length > LONGEST[field]) return problem("too_long", { max: LONGEST[field] });
  const line = SEVERAL_LINES.has(field) ? text.replace(/[\n\r\t]/gu, "") : text;
  if (CONTROL.test(line)) return problem("control_characters");
  if (field === "email" && !EMAIL.test(text)) return problem("invalid_email");
  return null;
}
