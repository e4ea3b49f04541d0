/** Changes what the list on screen is narrowed down to, or its order; the address keeps it. */
import { cleaned, type Filter } from "../cases/filter";
import { PLAIN, type View } from "../cases/place";
import { naturalOf, type SortName } from "../cases/sorting";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { SavedFilterView } from "../../shared/generated/rest";
import { go, route } from "../route";

/** Each step of narrowing down replaces the one before: going back leaves the list, not a letter. */
export function narrow(filter: Filter): void {
  const { view } = route.peek();
  const lost = view.sort === "relevance" && !filter.q;
  show({ ...view, filter: cleaned(filter), ...(lost ? sortedBy("created") : {}) });
}

export function sort(name: SortName): void {
  show({ ...route.peek().view, ...sortedBy(name) });
}

export function turn(): void {
  const { view } = route.peek();
  show({ ...view, direction: view.direction === "asc" ? "desc" : "asc" });
}

/** Where the focus goes from a chip that is no more. */
export function focusBar(): void {
  document.querySelector<HTMLElement>(".filter-bar .filter-button")?.focus();
}

export function clear(): void {
  focusBar();
  show(PLAIN);
}

/** Deletes a saved filter; the list that it made stays on screen. */
export async function removeFilter(desk: Desk, { id }: SavedFilterView): Promise<void> {
  try {
    await desk.saved.remove(id);
    const { view } = route.peek();
    if (view.saved === id) show({ ...view, saved: null });
  } catch (error) {
    explain(error);
  }
}

function show(view: View): void {
  go({ view }, { replace: true });
}

function sortedBy(sort: SortName): Pick<View, "sort" | "direction"> {
  return { sort, direction: naturalOf(sort) };
}
