/** Words as the search of the service compares them (`services/cases/search.py`): without case and accents, by their beginnings. */

const WORD = /[\p{L}\p{N}]+(?:[.'@_-][\p{L}\p{N}]+)*/gu;
const PART = /[\p{L}\p{N}]+/gu;
/** Characters that a search needs at least, and how many terms of it count. */
const SHORTEST = 2;
const MOST_TERMS = 8;

export function folded(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ς", "σ")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "");
}

/** The words of a text; an address is one word and its parts are words too. */
export function wordsOf(text: string): string[] {
  const words = folded(text).match(WORD) ?? [];
  return [...new Set(words.flatMap((word) => [word, ...(word.match(PART) ?? [])]))];
}

/** What is looked for, the longest first; nothing while there is too little of it. */
export function termsOf(query: string): string[] {
  const terms = [...new Set(folded(query.replace(/^#+/, "")).match(WORD) ?? [])];
  return terms
    .filter((term) => term.length >= SHORTEST)
    .sort((one, other) => other.length - one.length)
    .slice(0, MOST_TERMS);
}

/** Whether each term is the beginning of a word. */
export function begins(terms: readonly string[], words: readonly string[]): boolean {
  return terms.every((term) => words.some((word) => word.startsWith(term)));
}
