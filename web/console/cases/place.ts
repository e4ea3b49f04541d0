/** A list with its filter and its order, as an address has it: a reload and whoever is sent it see the same. */
import { cleaned, type Filter, isEmpty, LIST_FIELDS, TEXT_FIELDS } from "./filter";
import { type Direction, naturalOf, SORTS, type SortName } from "./sorting";

/** What a list is narrowed down to and sorted by. */
export interface View {
  filter: Filter;
  sort: SortName;
  direction: Direction;
  /** The saved filter that it was opened by. */
  saved: string | null;
}

export const PLAIN: View = { filter: {}, sort: "created", direction: "desc", saved: null };

/** Whether there is anything to say beyond the list itself. */
export function isPlain({ filter, sort, direction }: View): boolean {
  return isEmpty(filter) && sort === PLAIN.sort && direction === PLAIN.direction;
}

/** Values that a list can have; what else an address says was mistyped, and says nothing. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  category: ["active", "closed"],
  follow_up: ["active", "closed"],
  state: ["pending", "unassigned", "assigned", "snoozed", "resolved"],
  type: ["live_chat", "request", "email", "call"],
  priority: ["low", "normal", "high", "urgent"],
};
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORDS = new Set(["me", "nobody"]);

export function readView(query: URLSearchParams): View {
  const one = (name: string) => query.getAll(name).find((value) => isKnown(name, value));
  const lists = LIST_FIELDS.map((name) => [
    name,
    [...new Set(query.getAll(name))].filter((value) => isKnown(name, value)).slice(0, 20),
  ]);
  const texts = TEXT_FIELDS.map((name) => [name, (query.get(name) ?? "").slice(0, 200)]);
  const filter = cleaned({
    category: one("category") as Filter["category"],
    follow_up: one("follow_up") as Filter["follow_up"],
    flagged: { true: true, false: false }[query.get("flagged") ?? ""],
    spam: query.get("spam") === "true",
    ...(Object.fromEntries([...lists, ...texts]) as Filter),
  });
  const sort = readSort(query.get("sort"), filter);
  const wanted = query.get("direction");
  const direction = wanted === "asc" || wanted === "desc" ? wanted : naturalOf(sort);
  const saved = query.get("saved");
  return { filter, sort, direction, saved: saved && ID.test(saved) ? saved : null };
}

const BESIDES = ["list", "view", "sort", "direction", "saved"];
const FIELDS = ["category", "follow_up", "flagged", "spam", ...LIST_FIELDS, ...TEXT_FIELDS];

/** Fields of an address that name no filter, or a value that it cannot have: they narrow nothing down. */
export function misread(query: URLSearchParams): string[] {
  const kept = writeView(readView(query));
  const wrong = [...query].filter(([name, value]) => {
    if (BESIDES.includes(name) || value === "" || (name === "spam" && value === "false"))
      return false;
    const known = FIELDS.includes(name) && !TEXT_FIELDS.some((text) => text === name);
    return known ? !kept.getAll(name).includes(value) : !FIELDS.includes(name);
  });
  return [...new Set(wrong.map(([name, value]) => `${name}=${value}`.slice(0, 60)))];
}

/** The parts of an address; nothing of what goes without saying. */
export function writeView({ filter, sort, direction, saved }: View): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(cleaned(filter))) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  if (sort !== PLAIN.sort) query.set("sort", sort);
  if (direction !== naturalOf(sort)) query.set("direction", direction);
  if (saved !== null) query.set("saved", saved);
  return query;
}

function readSort(wanted: string | null, filter: Filter): SortName {
  if (wanted === "relevance" && filter.q) return "relevance";
  return SORTS.find((name) => name === wanted) ?? PLAIN.sort;
}

function isKnown(name: string, value: string): boolean {
  const known = KNOWN[name];
  if (known) return known.includes(value);
  return ID.test(value) || (name === "technician" && WORDS.has(value));
}
