/**
 * Which cases a list holds, by the rules of `services/cases/filters.py`: the console follows every change with them.
 * `services/cases/tests/filters.json` is the table that both are held against.
 */
import type { Case, CaseState, CaseType, ListName } from "../model";
import { begins, termsOf, wordsOf } from "./words";

/** What a list is narrowed down to: every field that is there has to fit, by any of its values. */
export interface Filter {
  category?: "active" | "closed";
  state?: readonly CaseState[];
  type?: readonly CaseType[];
  priority?: readonly Case["priority"][];
  label?: readonly string[];
  portal?: readonly string[];
  /** Ids, `me` or `nobody`. */
  technician?: readonly string[];
  flagged?: boolean;
  follow_up?: "active" | "closed";
  spam?: boolean;
  customer?: string;
  title?: string;
  q?: string;
}

export type Field = keyof Filter;

export const LIST_FIELDS = ["state", "type", "priority", "label", "portal", "technician"] as const;
export const TEXT_FIELDS = ["customer", "title", "q"] as const;

/** A filter without what says nothing, as the server or an address may have it. */
export function cleaned(filter: {
  readonly [Name in Field]?: Filter[Name] | null | undefined;
}): Filter {
  const entries = Object.entries(filter).filter(
    ([name, value]) =>
      value !== null &&
      value !== undefined &&
      value !== "" &&
      !(Array.isArray(value) && value.length === 0) &&
      !(name === "spam" && value === false),
  );
  return Object.fromEntries(entries);
}

export function isEmpty(filter: Filter): boolean {
  return Object.keys(cleaned(filter)).length === 0;
}

export function without(filter: Filter, field: Field): Filter {
  const { [field]: _, ...others } = filter;
  return others;
}

/** Whether the case is one of the list, for who looks at it. */
export function fits(item: Case, list: ListName, filter: Filter, me: string): boolean {
  return (
    item.spam === (filter.spam ?? false) &&
    inList(item, list, me) &&
    fitsState(item, filter) &&
    holds(filter.type, item.type) &&
    holds(filter.priority, item.priority) &&
    holds(filter.portal, item.portal.id) &&
    (!filter.label || filter.label.some((id) => item.labels.includes(id))) &&
    (!filter.technician || filter.technician.some((who) => isWith(item, who, me))) &&
    (filter.flagged === undefined || filter.flagged === item.flagged) &&
    (!filter.follow_up || item.followed_up === (filter.follow_up === "closed")) &&
    fitsWords(item, filter)
  );
}

function inList(item: Case, list: ListName, me: string): boolean {
  if (list === "all") return true;
  if (list === "unassigned") return item.state === "unassigned";
  return (item.state === "assigned" || item.state === "snoozed") && item.assignee?.id === me;
}

function fitsState(item: Case, { category, state }: Filter): boolean {
  const closed = item.state === "resolved";
  return (!category || closed === (category === "closed")) && holds(state, item.state);
}

function holds<T>(values: readonly T[] | undefined, value: T): boolean {
  return !values || values.includes(value);
}

function isWith(item: Case, who: string, me: string): boolean {
  if (who === "nobody") return item.assignee === null;
  return item.assignee?.id === (who === "me" ? me : who);
}

function fitsWords(item: Case, { customer, title, q }: Filter): boolean {
  return (
    (!customer || begins(termsOf(customer), fromWords(item))) &&
    (!title || begins(termsOf(title), wordsOf(item.title))) &&
    (!q || begins(termsOf(q), toldWords(item)))
  );
}

export function fromWords({ customer }: Case): string[] {
  const { first_name, last_name, email } = customer;
  return wordsOf(`${first_name} ${last_name} ${email} ${email.split("@").at(-1) ?? ""}`);
}

function toldWords(item: Case): string[] {
  const problem = item.problem.map(({ text }) => text).join(" ");
  return [String(item.number), ...fromWords(item), ...wordsOf(`${item.title} ${problem}`)];
}
