/** Each page is given some parts of the catalogs: every text that its code asks for has to be in one of them. */
import { posix } from "node:path";
import { expect, it } from "vitest";
import { messagesIn } from "../../build/texts";
import english from "./en.ftl?raw";

const sources = import.meta.glob<string>(
  ["/{shared,portal,console,status}/**/*.{ts,tsx}", "!**/*.test.*"],
  { query: "?raw", import: "default", eager: true },
);
const messages = messagesIn(english);
/** Whose names end in a code that the server gives; tests/test_error_catalogs.py looks after errors. */
const CODED = ["error-", "field-", "bot-"];

const IMPORTED = /(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"/g;
const LOADED = /\bimport\(\s*"(\.[^"]+)"/g;

/** What may be meant by the paths that a file names. */
function filesIn(path: string, named: RegExp): string[] {
  const paths = [...(sources[path] ?? "").matchAll(named)].map(([, to = ""]) => to);
  return paths.flatMap((to) =>
    [".ts", ".tsx"].map((end) => posix.join(posix.dirname(path), to + end)),
  );
}

/** The code that a page is made of, found by following what each file imports, but not into `without`. */
function codeOf(
  path: string,
  without: ReadonlySet<string> = new Set(),
  found = new Map<string, string>(),
): Map<string, string> {
  const source = sources[path];
  if (source === undefined || found.has(path) || without.has(path)) return found;
  found.set(path, source);
  for (const other of filesIn(path, IMPORTED)) codeOf(other, without, found);
  return found;
}

/** The messages that code names: in full, or by how their names begin. */
function namedIn(code: string): string[] {
  const names = new Set([...code.matchAll(/["`]([a-z0-9-]+)["`]/g)].map(([, name]) => name));
  const beginnings = [...code.matchAll(/`([a-z][a-z0-9-]*-)\$\{/g)].map(([, start = ""]) => start);
  const prefixes = [...new Set(beginnings)].filter((start) => !CODED.includes(start));
  return [...messages.keys()].filter(
    (id) => names.has(id) || prefixes.some((start) => id.startsWith(start)),
  );
}

/** The parts that some code loads. */
function partsIn(code: string): ReadonlySet<string> {
  return new Set(
    [...code.matchAll(/\?parts=([^"]+)"/g)].flatMap(([, parts = ""]) => parts.split(",")),
  );
}

const codeOfPage = (page: string) => [...codeOf(`/${page}/main.tsx`).values()].join("\n");

it.each(["portal", "status", "console"])("%s has every text that its code names", (page) => {
  const code = codeOfPage(page);
  const parts = partsIn(code);
  const named = namedIn(code);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((id) => !parts.has(messages.get(id)?.part ?? ""))).toEqual([]);
});

it("has the texts of the console outside of its settings without those of the settings", () => {
  const sections = filesIn("/console/settings/sections.ts", LOADED);
  const settings = new Set(["/console/settings/SettingsPage.tsx", ...sections]);
  const code = [...codeOf("/console/main.tsx", settings).values()].join("\n");
  const late = namedIn(code).filter((id) => messages.get(id)?.part === "console-settings");
  expect(sections.length).toBeGreaterThan(10);
  expect(late).toEqual([]);
});

it("gives customers no text that only technicians read", () => {
  const code = codeOfPage("portal") + codeOfPage("status");
  const [parts, named] = [partsIn(code), new Set(namedIn(code))];
  const theirs = [...messages].filter(([, { part }]) => parts.has(part)).map(([id]) => id);
  const coded = (id: string) => CODED.some((start) => id.startsWith(start));
  expect(theirs.filter((id) => !named.has(id) && !coded(id))).toEqual([]);
});
