/** What a message needs of its language: how a number is written, and which of several forms goes with one. */
export type Args = Readonly<Record<string, string | number>>;
/** A text, or what makes one; build/texts.ts writes them. */
export type Message = string | ((args: Args, forms: Forms) => string);
type Value = string | number | undefined;

export class Forms {
  private numbers?: Intl.NumberFormat;
  private plurals?: Intl.PluralRules;

  /** What a browser knows of a language is read when it is first needed: that takes longer than drawing the first view. */
  constructor(private readonly language: string) {}

  put(value: Value): string {
    if (typeof value !== "number") return value ?? "";
    this.numbers ??= new Intl.NumberFormat(this.language);
    return this.numbers.format(value);
  }

  /** The form for exactly this value, or for its number's class (`one`, `few`); `otherwise` when neither is there. */
  pick(value: Value, forms: Readonly<Record<string, string>>, otherwise: string) {
    return forms[String(value)] ?? forms[this.classOf(value)] ?? otherwise;
  }

  private classOf(value: Value): string {
    if (typeof value !== "number") return "";
    this.plurals ??= new Intl.PluralRules(this.language);
    return this.plurals.select(value);
  }
}
