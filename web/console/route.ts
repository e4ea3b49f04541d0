import { computed, signal } from "@preact/signals";
import { PLAIN, readView, type View, writeView } from "./cases/place";
import { LISTS, type ListName } from "./model";
import { isPage, type PageId } from "./pages";

/** Where the technician is. Everything that a reload or the back button must bring back stands in the address. */
export interface Route {
  page: PageId;
  /** What lies below a page other than the cases, such as the section of the settings; segments, joined by "/". */
  place: string | null;
  list: ListName;
  /** What the list is narrowed down to, and its order. */
  view: View;
  caseId: string | null;
  /** Details are a place of their own where there is no room for them beside the conversation. */
  details: boolean;
}

const START: Route = {
  page: "cases",
  place: null,
  list: "unassigned",
  view: PLAIN,
  caseId: null,
  details: false,
};

const ADDRESS = /^\/console\/([a-z-]+)(?:\/([\w-]+(?:\/[\w-]+)*))?\/?$/;
const CASE_ID = /^[0-9a-f-]{36}$/;

export function parseRoute(path: string, query: string): Route {
  const wanted = new URLSearchParams(query);
  const list = LISTS.find((name) => name === wanted.get("list")) ?? START.list;
  const [, page = "", place = null] = ADDRESS.exec(path) ?? [];
  if (page !== "cases" && isPage(page)) return { ...START, page, place, list };
  const caseId = page === "cases" && place && CASE_ID.test(place) ? place : null;
  const view = readView(wanted);
  return {
    ...START,
    list,
    view,
    caseId,
    details: caseId !== null && wanted.get("view") === "details",
  };
}

/** The address of a place; what is left out is as at the start. */
export function formatRoute(wanted: Partial<Route>): string {
  const { page, place, list, view, caseId, details } = { ...START, ...wanted };
  if (page !== "cases") return `/console/${page}${place ? `/${place}` : ""}`;
  const path = caseId ? `/console/cases/${caseId}` : "/console/cases";
  const narrowed = writeView(view).toString();
  return `${path}?list=${list}${narrowed && `&${narrowed}`}${details ? "&view=details" : ""}`;
}

const current = signal<Route>(parseRoute(location.pathname, location.search));
export const route = computed(() => current.value);

/** Which rows are on screen, whatever case is open beside them. */
export const listShown = computed(() => {
  const { page, list, view } = current.value;
  return `${page} ${list} ${writeView(view).toString()}`;
});

/** Moves to another place; `replace` where going back to the present one would make no sense. */
export function go(change: Partial<Route>, { replace = false } = {}): void {
  const next = { ...current.peek(), ...change };
  // Another list is looked at as it is: what the one before was narrowed down to has nothing to do with it.
  if (next.list !== current.peek().list && !change.view) next.view = PLAIN;
  if (!next.caseId) next.details = false;
  if (change.page !== undefined && change.place === undefined) next.place = null;
  const address = formatRoute(next);
  if (replace || address === location.pathname + location.search)
    history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  current.value = next;
}

addEventListener("popstate", () => {
  current.value = parseRoute(location.pathname, location.search);
});
