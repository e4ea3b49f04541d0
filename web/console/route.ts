import { computed, signal } from "@preact/signals";
import { LISTS, type ListName } from "./model";

export type Page = "cases" | "settings";

const SETTINGS = "/console/settings";

/** Where the technician is. Everything that a reload or the back button must bring back stands in the address. */
export interface Route {
  page: Page;
  list: ListName;
  caseId: string | null;
  /** Details are a place of their own where there is no room for them beside the conversation. */
  details: boolean;
}

export function parseRoute(path: string, query: string): Route {
  const wanted = new URLSearchParams(query);
  const list = LISTS.find((name) => name === wanted.get("list")) ?? "unassigned";
  const id = /^\/console\/cases\/([0-9a-f-]{36})$/.exec(path)?.[1] ?? null;
  const page = path === SETTINGS ? "settings" : "cases";
  return { page, list, caseId: id, details: id !== null && wanted.get("view") === "details" };
}

export function formatRoute(route: Route): string {
  if (route.page === "settings") return SETTINGS;
  const path = route.caseId ? `/console/cases/${route.caseId}` : "/console/cases";
  return `${path}?list=${route.list}${route.details ? "&view=details" : ""}`;
}

const current = signal<Route>(parseRoute(location.pathname, location.search));
export const route = computed(() => current.value);

/** Moves to another place; `replace` where going back to the present one would make no sense. */
export function go(change: Partial<Route>, { replace = false } = {}): void {
  const next = { ...current.peek(), ...change };
  if (!next.caseId) next.details = false;
  const address = formatRoute(next);
  if (replace || address === location.pathname + location.search)
    history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  current.value = next;
}

addEventListener("popstate", () => {
  current.value = parseRoute(location.pathname, location.search);
});
