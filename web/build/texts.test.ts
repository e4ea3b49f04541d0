import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { Forms, type Message } from "../shared/forms";
import { compiled, messagesIn } from "./texts";

const catalogs = import.meta.glob<string>("../shared/locales/*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});

async function run(source: string, parts?: readonly string[]) {
  const module = `data:text/javascript,${encodeURIComponent(compiled(source, parts))}`;
  return ((await import(/* @vite-ignore */ module)) as { default: Record<string, Message> })
    .default;
}

/** The same for every variable: enough numbers and words to come to each variant. */
const VALUES = [0, 1, 2, 5, 12_345, 1.5, "one", "Ada", "assigned", "resolved", ""];

describe.each(Object.entries(catalogs))("%s", (path, source) => {
  const language = /\/(\w+)\.ftl$/.exec(path)?.[1] ?? "";
  it("says what Fluent says", async () => {
    const fluent = new FluentBundle(language, { useIsolating: false });
    fluent.addResource(new FluentResource(source));
    const forms = new Forms(language);
    const messages = await run(source);
    const variables = new Set(
      [...source.matchAll(/\$([a-z][\w-]*)/g)].map(([, name = ""]) => name),
    );
    for (const [id, message] of Object.entries(messages)) {
      const pattern = fluent.getMessage(id)?.value ?? "";
      if (typeof message === "string") expect([id, message]).toEqual([id, pattern]);
      else
        for (const value of VALUES) {
          const args = Object.fromEntries([...variables].map((name) => [name, value] as const));
          const refused: Error[] = [];
          const wanted = fluent.formatPattern(pattern, args, refused);
          const said = message(args, forms);
          // NUMBER of a word is a defect of whoever calls; Fluent says so in the text.
          if (refused.length === 0 && said !== wanted) expect([id, value, said]).toEqual(wanted);
        }
    }
  });

  it("loses no message", async () => {
    expect(Object.keys(await run(source))).toEqual([...messagesIn(source).keys()]);
  });
});

it("gives a page the parts that it asks for", async () => {
  const source = "## Shared: both\na = A\n## Console\nb = B\n## Portal later: the end\nc = C\n";
  expect(await run(source, ["shared", "portal-later"])).toEqual({ a: "A", c: "C" });
});

it("takes what looks like code for the text that it is", async () => {
  const text = "a `tick`, a \\ and $" + "{this}";
  const source = text.replace("{", '{"{"}').replace("this}", 'this{"}"}');
  const { a } = await run(`a = ${source}\n`);
  expect(typeof a === "function" && a({}, new Forms("en"))).toBe(text);
});

it("refuses what no catalog has used so far", () => {
  expect(() => compiled("a = { DATETIME($day) }\n")).toThrow("FunctionReference");
  expect(() => compiled("a = { b }\nb = B\n")).toThrow("MessageReference");
});
