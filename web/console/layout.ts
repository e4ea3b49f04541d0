import { computed, signal } from "@preact/signals";

/** How many panes have room: three, two with the details as a drawer, or one at a time. */
export type Layout = "wide" | "medium" | "narrow";

const wide = watch("(min-width: 1200px)");
const narrow = watch("(max-width: 719px)");

export const layout = computed<Layout>(() =>
  wide.value ? "wide" : narrow.value ? "narrow" : "medium",
);

export const LIST_WIDTH = { min: 280, max: 480, usual: 348 };
export const DETAILS_WIDTH = { min: 264, max: 440, usual: 320 };

export const listWidth = remembered("deskbus.list-width", LIST_WIDTH);
export const detailsWidth = remembered("deskbus.details-width", DETAILS_WIDTH);

function watch(query: string) {
  const media = matchMedia(query);
  const matches = signal(media.matches);
  media.addEventListener("change", () => {
    matches.value = media.matches;
  });
  return matches;
}

function remembered(key: string, range: { min: number; max: number; usual: number }) {
  const saved = Number(localStorage.getItem(key));
  const width = signal(saved >= range.min && saved <= range.max ? saved : range.usual);
  width.subscribe((value) => {
    if (value !== range.usual || localStorage.getItem(key) !== null)
      localStorage.setItem(key, String(value));
  });
  return width;
}
