import { type Pattern, parse, Transformer, type VariableReference } from "@fluent/syntax";
import { expect, it } from "vitest";

const catalogs = import.meta.glob<string>("./*.ftl", {
  query: "?raw",
  import: "default",
  eager: true,
});
const sources = import.meta.glob<string>(
  ["../**/*.{ts,tsx}", "../../{portal,console,status}/**/*.{ts,tsx}", "!**/*.test.*"],
  { query: "?raw", import: "default", eager: true },
);

/** Ids with the names of their variables; a catalog that does not parse gives no ids, but an error. */
function messagesOf(source: string): Map<string, string[]> {
  const messages = new Map<string, string[]>();
  for (const entry of parse(source, {}).body) {
    if (entry.type === "Junk") throw new Error(`not Fluent: ${entry.content}`);
    if (entry.type !== "Message" || !entry.value) continue;
    if (messages.has(entry.id.name)) throw new Error(`twice: ${entry.id.name}`);
    messages.set(entry.id.name, variablesOf(entry.value));
  }
  return messages;
}

function variablesOf(pattern: Pattern): string[] {
  const names = new Set<string>();
  class Collector extends Transformer {
    override visitVariableReference(reference: VariableReference): VariableReference {
      names.add(reference.id.name);
      return reference;
    }
  }
  new Collector().genericVisit(pattern.clone());
  return [...names].sort();
}

const english = messagesOf(catalogs["./en.ftl"] ?? "");

it.each(["de", "es"])("%s has the messages and variables of English", (language) => {
  const translated = messagesOf(catalogs[`./${language}.ftl`] ?? "");
  expect(Object.fromEntries(translated)).toEqual(Object.fromEntries(english));
});

it("has every text that the code asks for by name", () => {
  const asked = Object.values(sources).flatMap((source) =>
    [...source.matchAll(/\bt\(\s*"([a-z0-9-]+)"/g)].map(([, id]) => id ?? ""),
  );
  expect(asked.length).toBeGreaterThan(50);
  expect(asked.filter((id) => !english.has(id))).toEqual([]);
});

it("has no text that nothing asks for", { timeout: 20_000 }, () => {
  const code = Object.values(sources).join("\n");
  const built = /^(error|field|delivery|chat-activity|chat-ended)-/;
  const names = new Set([...code.matchAll(/["`]([a-z0-9-]+)["`]/g)].map(([, name]) => name));
  const beginnings = new Set([...code.matchAll(/`([a-z0-9-]+-)\$\{/g)].map(([, start]) => start));
  const named = (id: string) => names.has(id);
  const prefixed = (id: string) =>
    id.split("-").some((_, at, words) => beginnings.has(`${words.slice(0, at + 1).join("-")}-`));
  const unused = [...english.keys()].filter((id) => !built.test(id) && !named(id) && !prefixed(id));
  expect(unused).toEqual([]);
});
