/** What a message needs of its language: how a number is written, and which of several forms goes with one. */
export type Args = Readonly<Record<string, string | number>>;
/** A text, or what makes one; build/texts.ts writes them. */
export type Message = string | ((args: Args, forms: Forms) => string);
type Value = string | number | undefined;

export class Forms {
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;

  constructor(language: string) {
    this.numbers = new Intl.NumberFormat(language);
    this.plurals = new Intl.PluralRules(language);
  }

  put(value: Value): string {
    return typeof value === "number" ? this.numbers.format(value) : (value ?? "");
  }

  /** The form for exactly this value, or for its number's class (`one`, `few`); `otherwise` when neither is there. */
  pick(value: Value, forms: Readonly<Record<string, string>>, otherwise: string) {
    const classed = typeof value === "number" ? this.plurals.select(value) : "";
    return forms[String(value)] ?? forms[classed] ?? otherwise;
  }
}
