/** What somebody types into a form of the settings, what is wrong with it, and how saving it went. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TargetedInputEvent } from "preact";
import { Action } from "../../shared/action";
import type { ApiError, FieldError } from "../../shared/api";
import { hasText, t } from "../../shared/i18n";

type Name<T> = keyof T & string;

/** A problem is a code (`required`, `too_long`, ...), for which there is the message `field-<code>`. */
export type Problem = Omit<FieldError, "field">;
export type Problems<T> = Partial<Record<Name<T>, Problem>>;
export type Check<T> = (values: T) => Problems<T>;

export class Draft<T extends object> {
  readonly values: Signal<T>;
  readonly problems: Signal<Problems<T>> = signal({});
  /** Whether there is something to save. */
  readonly dirty: ReadonlySignal<boolean>;
  readonly saved = signal(false);
  private readonly action = new Action();
  readonly busy = this.action.busy;
  /** Why it was not saved, unless a field says so. */
  readonly failure = this.action.failure;
  private readonly before: Signal<T>;

  constructor(
    before: T,
    private readonly check: Check<T> = () => ({}),
  ) {
    this.values = signal(before);
    this.before = signal(before);
    this.dirty = computed(
      () => JSON.stringify(this.values.value) !== JSON.stringify(this.before.value),
    );
  }

  /** A field that was marked is looked at again while it is corrected, others only when it is saved. */
  set<N extends Name<T>>(name: N, value: T[N]): void {
    this.values.value = { ...this.values.peek(), [name]: value };
    this.saved.value = false;
    if (!(name in this.problems.peek())) return;
    const problem = this.check(this.values.peek())[name];
    const { [name]: _, ...others } = this.problems.peek();
    this.problems.value = (problem ? { ...others, [name]: problem } : others) as Problems<T>;
  }

  /** What an input for a text needs; the error stands in the viewer's language. */
  text(name: Name<T>) {
    const onInput = (event: TargetedInputEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      this.set(name, event.currentTarget.value as T[typeof name]);
    return { ...this.choice(name), onInput, value: String(this.values.value[name]) };
  }

  /** What a list to choose from needs besides its value and options. */
  choice(name: Name<T>) {
    return { name, error: this.error(name) };
  }

  error(name: Name<T>): string | undefined {
    const problem = this.problems.value[name];
    if (!problem) return undefined;
    const id = `field-${problem.code.replaceAll("_", "-")}`;
    return hasText(id) ? t(id, { max: Number(problem.params.max ?? 0) }) : t("field-invalid");
  }

  /** Whether it was saved. What the server says about one of the fields is shown there. */
  async save(work: (values: T) => Promise<unknown>): Promise<boolean> {
    const values = this.values.peek();
    this.problems.value = this.check(values);
    if (Object.keys(this.problems.peek()).length > 0) return false;
    const done = await this.action.run(
      () => work(values),
      (error) => this.refuse(error),
    );
    if (done) {
      this.before.value = values;
      this.saved.value = true;
    }
    return done;
  }

  private refuse({ fields }: ApiError): boolean {
    const own = fields.filter(({ field }) => field in this.values.peek());
    const problems: Record<string, Problem> = {};
    for (const { field, code, params } of own) problems[field] ??= { code, params };
    this.problems.value = problems as Problems<T>;
    return own.length > 0;
  }
}
