/** How well a name fits what was typed: without accents and case, by the beginnings of words, or letter by letter. */

/** "Größe" and "grosse" are the same word to somebody who types fast. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("ł", "l")
    .replaceAll("æ", "ae");
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}#]+/u).filter(Boolean);
}

/** Each word of the query begins a word of the name, in any order. */
function byWords(query: string, name: string): number {
  const words = wordsOf(name);
  const wanted = wordsOf(query);
  if (wanted.length === 0 || !wanted.every((one) => words.some((word) => word.startsWith(one))))
    return 0;
  const first = words.findIndex((word) => word.startsWith(wanted[0] ?? ""));
  return 80 - Math.min(first, 20);
}

/** The letters of the query in their order, the first at the beginning of a word; the fewer gaps the better. */
function byLetters(query: string, name: string): number {
  const letters = query.replaceAll(/\s+/g, "");
  if (letters.length < 2) return 0;
  let best = 0;
  for (const start of name.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu))
    best = Math.max(best, lettersFrom(letters, name, start.index));
  return best;
}

function lettersFrom(letters: string, name: string, start: number): number {
  let at = start - 1;
  let gaps = 0;
  for (const letter of letters) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0 || (at < start && next !== start)) return 0;
    // Going on at the beginning of a word is how initials are typed, and no gap.
    if (next > at + 1 && name[next - 1] !== " ") gaps += 1;
    at = next;
  }
  return gaps > Math.max(1, letters.length / 2) ? 0 : 50 - gaps * 8;
}

/** 0 for no fit, up to 100; both texts folded. */
function fit(query: string, name: string): number {
  if (name.startsWith(query)) return query.length === name.length ? 100 : 90;
  const words = byWords(query, name);
  if (words > 0) return words;
  if (query.length > 1 && name.includes(query)) return 55;
  return byLetters(query, name);
}

/** How well something fits by its name, or a little less by other words for it. */
export function score(query: string, name: string, keywords = ""): number {
  const wanted = fold(query.trim());
  if (wanted === "") return 1;
  const byName = fit(wanted, fold(name));
  const whole = byName || byWords(wanted, fold(`${name} ${keywords}`)) * 0.6;
  return Math.max(byName, whole);
}
