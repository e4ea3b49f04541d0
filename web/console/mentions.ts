/** Calling a colleague in a note: "@" and the beginning of a name. */

export interface Call {
  /** Where the "@" stands, and where the caret does. */
  from: number;
  at: number;
}

interface Named {
  id: string;
  name: string;
}

/** The call that is being typed at the caret, if there is one. */
export function callAt(text: string, caret: number): Call | null {
  const typed = /(^|[\s(])@([^\s@]*)$/u.exec(text.slice(0, caret));
  if (!typed) return null;
  return { from: caret - (typed[2]?.length ?? 0) - 1, at: caret };
}

const OFFERED = 6;

/** Whom what is typed behind the "@" may mean; nobody calls themselves. */
export function callable<One extends Named>(
  team: readonly One[],
  me: string,
  typed: string,
): readonly One[] {
  const wanted = typed.toLocaleLowerCase();
  return team
    .filter(({ id, name }) => id !== me && name.toLocaleLowerCase().includes(wanted))
    .slice(0, OFFERED);
}

export function withCall(text: string, call: Call, name: string): { text: string; caret: number } {
  const said = `@${name} `;
  return {
    text: text.slice(0, call.from) + said + text.slice(call.at),
    caret: call.from + said.length,
  };
}

/** Who is called in a text: the longest name wins, so that "@Ann Lee" does not call Ann. */
export function mentioned(text: string, team: readonly Named[]): string[] {
  const byLength = team
    .filter(({ name }) => name)
    .toSorted((a, b) => b.name.length - a.name.length);
  const ids = new Set<string>();
  let rest = text;
  for (const { id, name } of byLength) {
    if (!rest.includes(`@${name}`)) continue;
    ids.add(id);
    rest = rest.replaceAll(`@${name}`, "");
  }
  return [...ids];
}
