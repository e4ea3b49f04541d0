/**
 * In which order a list is shown. Each order has a key, a text that no two cases share; the pages of the server go by
 * the same keys (`services/cases/sorting.py`), so that what is loaded and what is not is told by comparing them.
 */
import type { Case } from "../model";
import { fromWords } from "./filter";
import { termsOf, wordsOf } from "./words";

export const SORTS = ["created", "updated", "customer", "waiting", "priority", "sla"] as const;
export type SortName = (typeof SORTS)[number] | "relevance";
export type Direction = "asc" | "desc";

/** Behind every time. */
const NEVER = "f".repeat(12);
const URGENCY: Readonly<Record<Case["priority"], number>> = {
  low: 1,
  normal: 2,
  high: 3,
  urgent: 4,
};

/** Which end comes first unless somebody says otherwise. */
export function naturalOf(sort: SortName): Direction {
  return sort === "waiting" || sort === "sla" ? "asc" : "desc";
}

export function keyOf(item: Case, sort: SortName, q = ""): string {
  return placeOf(item, sort, q) + item.id;
}

function placeOf(item: Case, sort: SortName, q: string): string {
  switch (sort) {
    case "created":
      return moment(item.created_at);
    case "updated":
      return moment(item.updated_at);
    case "customer":
      return moment(item.customer_at ?? item.requested_at ?? item.created_at);
    case "waiting":
      return moment(item.waiting_since);
    case "priority":
      return `${URGENCY[item.priority]}${moment(item.created_at)}`;
    case "sla":
      return moment(item.sla?.due_at ?? null);
    case "relevance":
      return hex(relevance(item, termsOf(q)), 4) + moment(item.created_at);
  }
}

function moment(time: string | null): string {
  return time === null ? NEVER : hex(Date.parse(time), 12);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** How well a case fits: whole words before beginnings, number and name before title before problem. */
function relevance(item: Case, terms: readonly string[]): number {
  const fields: [number, string[]][] = [
    [8, [String(item.number)]],
    [6, fromWords(item)],
    [4, wordsOf(item.title)],
    [1, wordsOf(item.problem.map(({ text }) => text).join(" "))],
  ];
  const best = (term: string) =>
    Math.max(...fields.map(([weight, words]) => weight * fit(term, words)));
  return terms.reduce((sum, term) => sum + best(term), 0);
}

function fit(term: string, words: readonly string[]): number {
  if (words.includes(term)) return 2;
  return words.some((word) => word.startsWith(term)) ? 1 : 0;
}

/** Compares keys, which are plain ASCII. */
export function compareKeys(one: string, other: string, direction: Direction): number {
  const ascending = one < other ? -1 : one > other ? 1 : 0;
  return direction === "asc" ? ascending : -ascending;
}
