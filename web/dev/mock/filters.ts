/** Filters of the mock: the console's own rules, applied where the desk would. */
import { randomUUID } from "node:crypto";
import { fits } from "../../console/cases/filter.ts";
import { isPlain, readView } from "../../console/cases/place.ts";
import { viewOf } from "../../console/cases/saved.ts";
import { compareKeys, keyOf } from "../../console/cases/sorting.ts";
import type { Case, ListName } from "../../console/model.ts";
import type { LabelView, NewFilter, SavedFilterView } from "../../shared/generated/rest.ts";
import { type Call, refuse, type Reply, type Route } from "./http.ts";

export const LABELS: LabelView[] = [
  { id: "0198c0de-0000-7000-8000-0000000000c1", title: "Billing", colour: "blue", retired: false },
  { id: "0198c0de-0000-7000-8000-0000000000c2", title: "Bug", colour: "red", retired: false },
  { id: "0198c0de-0000-7000-8000-0000000000c3", title: "Refund", colour: "amber", retired: false },
];
const saved = new Map<string, SavedFilterView>();

export interface Seen {
  cases: Case[];
  me: string;
}

export function filterRoutes(seenBy: (call: Call) => Seen): Route[] {
  const counted = (one: SavedFilterView, { cases, me }: Seen): SavedFilterView => ({
    ...one,
    count: cases.filter((item) => fits(item, one.list, viewOf(one).filter, me)).length,
  });
  const put = (call: Call, id: string): Reply => {
    const wanted = call.body as unknown as NewFilter;
    const taken = [...saved.values()].some((one) => one.name === wanted.name && one.id !== id);
    if (taken) return refuse(409, "filter_taken");
    const one = { ...wanted, id, mine: true, count: 0, more: false } as SavedFilterView;
    saved.set(id, one);
    return { body: counted(one, seenBy(call)) };
  };
  return [
    { method: "GET", path: /^\/cases\/labels$/, answer: () => ({ body: { labels: LABELS } }) },
    {
      method: "GET",
      path: /^\/cases\/filters$/,
      answer: (call) => ({
        body: { filters: [...saved.values()].map((one) => counted(one, seenBy(call))) },
      }),
    },
    { method: "POST", path: /^\/cases\/filters$/, answer: (call) => put(call, randomUUID()) },
    {
      method: "PUT",
      path: /^\/cases\/filters\/([^/]+)$/,
      answer: (call) => put(call, call.params[0] ?? ""),
    },
    {
      method: "DELETE",
      path: /^\/cases\/filters\/([^/]+)$/,
      answer: ({ params: [id = ""] }) => {
        saved.delete(id);
        return { status: 204 };
      },
    },
  ];
}

/** The page that a narrowed list's query asks for; null for one of the three lists as they are. */
export function narrowedPage(query: URLSearchParams, { cases, me }: Seen) {
  const view = readView(query);
  if (isPlain(view)) return null;
  const { filter, sort, direction } = view;
  const list = (query.get("list") ?? "all") as ListName;
  const after = query.get("after");
  const key = (item: Case) => keyOf(item, sort, filter.q);
  const found = cases
    .filter((item) => fits(item, list, filter, me))
    .sort((a, b) => compareKeys(key(a), key(b), direction))
    .filter((item) => after === null || compareKeys(key(item), after, direction) > 0);
  const limit = Number(query.get("limit") ?? 20);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { cases: page, next: found.length > limit && last ? key(last) : null };
}
