import { useEffect } from "preact/hooks";
import { pointed } from "./place";

/** Brings what was asked for into view, marks it for a moment, and gives it the focus. */
export function usePointed(place: { current: HTMLElement | null }, id: string): void {
  const wanted = pointed.value === id;
  useEffect(() => {
    const element = place.current;
    if (!wanted || !element) return;
    pointed.value = null;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    element.classList.remove("pointed");
    // Read once between, so that the mark begins anew.
    if (element.offsetWidth >= 0) element.classList.add("pointed");
  }, [wanted, place]);
}
