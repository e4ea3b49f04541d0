/** Where the focus goes: from pane to pane by keys, and never to nowhere. */
import { layout } from "./layout";
import { go, route } from "./route";

export const PANES = ["list", "conversation", "details"] as const;
export type PaneName = (typeof PANES)[number];

/** What a pane is entered at, the first that is there: what one would want to do next. */
const ENTRANCES: Record<PaneName, readonly string[]> = {
  list: ['[data-case][tabindex="0"]', '[role="tab"][tabindex="0"]'],
  conversation: [
    ".composer textarea",
    ".mail-composer textarea",
    ".note-composer textarea",
    ".messages",
  ],
  details: [".details-body button", ".details-body a"],
};
const FOCUSABLE =
  'a[href]:not([tabindex="-1"]), button:not([disabled], [tabindex="-1"]), input:not([disabled]), textarea, select, summary, [tabindex="0"]';

/** Where the keyboard is now; null outside of the panes. */
export function paneOfFocus(): PaneName | null {
  return PANES.find((name) => paneOf(name)?.contains(document.activeElement)) ?? null;
}

/** Goes into a pane, also where only one has room; says whether there is one. */
export function enterPane(name: PaneName): boolean {
  if (name !== "list" && route.peek().caseId === null) return false;
  show(name);
  // What is shown only now is there after it was drawn.
  requestAnimationFrame(() => enter(paneOf(name), ENTRANCES[name]));
  return true;
}

/** Whether what has the focus writes to the customer or to colleagues. */
export function isWriting(): boolean {
  return Boolean(document.activeElement?.matches(".reply-area :is(textarea, input)"));
}

/** From where one writes to what was said, so that single keys are keys again; the draft stays. */
export function leaveWriting(): void {
  enter(paneOf("conversation"), [".messages", ".request-pane"]);
}

/** From one pane to the next of those on screen, round their ends. */
export function enterNextPane(step: 1 | -1): void {
  const there = PANES.filter((name) => paneOf(name) !== null);
  const here = paneOfFocus();
  const at = here === null ? (step === 1 ? -1 : 0) : there.indexOf(here);
  const next = there[(at + step + there.length) % there.length];
  if (next) enter(paneOf(next), ENTRANCES[next]);
}

function paneOf(name: PaneName): HTMLElement | null {
  return document.querySelector<HTMLElement>(`.pane-${name}`);
}

/** Has a pane on screen, also where only one has room; the focus stays where it is. */
export function show(name: PaneName): void {
  const narrow = layout.peek() === "narrow";
  if (name === "details") {
    if (layout.peek() !== "wide") go({ details: true }, { replace: !narrow });
  } else if (narrow) go(name === "list" ? { caseId: null } : { details: false });
}

function enter(place: Element | null, wanted: readonly string[]): boolean {
  for (const selector of [...wanted, FOCUSABLE]) {
    for (const one of place?.querySelectorAll<HTMLElement>(selector) ?? []) {
      one.focus();
      if (document.activeElement === one) return true;
    }
  }
  return false;
}

/**
 * Keeps the focus in the page: where what had it is gone (a row that left its list, a button that its own press has
 * taken away), it goes to the nearest place around it that is still there. Ends when the answer is called.
 */
export function keepFocus(root: HTMLElement): () => void {
  let around: HTMLElement[] = [];
  const remember = (event: FocusEvent) => {
    around = chainOf(event.target as HTMLElement, root);
  };
  const look = () => {
    const [had, ...places] = around;
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!had || had.isConnected || !lost) return;
    // A question over the page has the focus, or gives it back by itself.
    if (document.querySelector("dialog[open]")) return;
    around = [];
    // What is left of the nearest place may have nothing to enter, such as a dialog that has been closed.
    const main = root.querySelector<HTMLElement>("main") ?? root;
    for (const place of [...places.filter((one) => one.isConnected), main, root]) {
      const pane = PANES.find((name) => place.closest(`.pane-${name}`));
      if (enter(place, pane && place.matches(`.pane-${pane} *`) ? ENTRANCES[pane] : [])) return;
    }
  };
  const changes = new MutationObserver(look);
  root.addEventListener("focusin", remember);
  // A question that has been closed gives the focus back to what may be gone as well.
  const open = { attributes: true, attributeFilter: ["open"] };
  changes.observe(root, { childList: true, subtree: true, ...open });
  return () => {
    root.removeEventListener("focusin", remember);
    changes.disconnect();
  };
}

function chainOf(element: HTMLElement, root: HTMLElement): HTMLElement[] {
  const chain: HTMLElement[] = [];
  for (let one: HTMLElement | null = element; one && one !== root; one = one.parentElement)
    chain.push(one);
  return chain;
}
