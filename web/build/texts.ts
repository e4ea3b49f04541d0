/** Catalogs of texts for pages: what a page imports is JavaScript, so that no visitor has to load what reads Fluent.
 *
 * `import("../shared/locales/en.ftl?parts=shared,portal")` has the messages of these parts. A message belongs to the part
 * that the heading above it begins with: to `portal-later` below `## Portal later: the survey`. Without `parts` it has all. */
import { readFile } from "node:fs/promises";
import { type Expression, type InlineExpression, type Pattern, parse } from "@fluent/syntax";
import type { Plugin } from "vite";

export const texts: Plugin = {
  name: "deskbus-texts",
  enforce: "pre",
  load: {
    filter: { id: { include: /\.ftl(\?|$)/, exclude: /\?raw$/ } },
    async handler(id) {
      const [file = "", query] = id.split("?");
      this.addWatchFile(file);
      const parts = new URLSearchParams(query).get("parts")?.split(",");
      return { code: compiled(await readFile(file, "utf8"), parts), moduleType: "js" };
    },
  },
};

/** A module whose default export has each message by its name: its text, or a function of its variables `v` and of the
 * `Forms` of the language, `f`. */
export function compiled(source: string, parts?: readonly string[]): string {
  const messages = [...messagesIn(source)].filter(([, { part }]) => parts?.includes(part) ?? true);
  const lines = messages.map(
    ([name, { pattern }]) => `${JSON.stringify(name)}: ${message(pattern)},`,
  );
  return `export default {\n${lines.join("\n")}\n};\n`;
}

interface Placed {
  pattern: Pattern;
  part: string;
}

/** Each message with the part that it belongs to. */
export function messagesIn(source: string): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  let part = "";
  for (const entry of parse(source, {}).body) {
    if (entry.type === "GroupComment") part = partOf(entry.content);
    if (entry.type === "Message" && entry.value)
      found.set(entry.id.name, { pattern: entry.value, part });
  }
  return found;
}

function partOf(heading: string): string {
  return (heading.split(":")[0] ?? "").toLowerCase().replaceAll(" ", "-");
}

function message(pattern: Pattern): string {
  const constant = pattern.elements.every(({ type }) => type === "TextElement");
  return constant ? template(pattern) : `(v, f) => ${template(pattern)}`;
}

/** A pattern as a template literal. */
function template({ elements }: Pattern): string {
  const pieces = elements.map((element) =>
    element.type === "TextElement" ? escaped(element.value) : `\${${value(element.expression)}}`,
  );
  return `\`${pieces.join("")}\``;
}

function escaped(text: string): string {
  return text.replace(/[\\`]|\$\{/g, (special) => `\\${special}`);
}

/** What stands in braces, as an expression whose value is a text. */
function value(expression: Expression): string {
  if (expression.type === "StringLiteral") return JSON.stringify(expression.parse().value);
  if (expression.type !== "SelectExpression") return `f.put(${variable(expression)})`;
  const variants = expression.variants.filter((variant) => !variant.default);
  const fallback = expression.variants.find((variant) => variant.default);
  const cases = variants.map(
    ({ key, value: text }) =>
      `${JSON.stringify(key.type === "Identifier" ? key.name : key.value)}: ${template(text)}`,
  );
  const otherwise = fallback ? template(fallback.value) : "``";
  return `f.pick(${variable(expression.selector)}, {${cases.join(", ")}}, ${otherwise})`;
}

/** A variable, or NUMBER of one: numbers are written and chosen by the rules of the language in any case. */
function variable(expression: InlineExpression): string {
  if (expression.type === "VariableReference") return `v[${JSON.stringify(expression.id.name)}]`;
  if (expression.type === "FunctionReference" && expression.id.name === "NUMBER") {
    const { positional, named } = expression.arguments;
    if (positional[0] && named.length === 0) return variable(positional[0]);
  }
  throw new Error(`no catalog has used this so far: ${expression.type}`);
}
