/** What a page needs for its first view is one file: in the dozens that its later parts share with it, each would be
 * asked for and compressed by itself. */
import type { Rolldown } from "vite";

export type CodeSplittingGroup = Rolldown.CodeSplittingGroup;
type Context = Parameters<Extract<CodeSplittingGroup["name"], (...given: never[]) => unknown>>[1];

/** A chunk of everything that `entry` imports at once, by whatever way. */
export function firstView(entry: string): CodeSplittingGroup {
  let found: ReadonlySet<string> | null = null;
  return {
    debugName: "first view",
    name: (id, context) => {
      found ??= importedBy(entry, context);
      return found.has(id) ? "first" : null;
    },
  };
}

function importedBy(entry: string, context: Context): ReadonlySet<string> {
  const found = new Set<string>();
  const wanted = [entry];
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop())
    for (const other of context.getModuleInfo(id)?.importedIds ?? [])
      if (!found.has(other)) {
        found.add(other);
        wanted.push(other);
      }
  return found;
}
