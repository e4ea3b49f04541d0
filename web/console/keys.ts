/** Keys as a command names them: `a`, `Shift+x`, `Mod+k`, or two one after the other (`g m`). */
import { t } from "../shared/i18n";

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "Dead", "AltGraph"]);

/** How a command would name this key, or null for one that no command can have. */
export function nameOfKey(event: KeyboardEvent): string | null {
  const { key } = event;
  if (MODIFIERS.has(key) || event.altKey) return null;
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  const letter = /^\p{L}$/u.test(key);
  // Shift is part of what makes "?" on one keyboard or another, but not of which letter is meant.
  const shift = event.shiftKey && (letter || key.length > 1) ? "Shift+" : "";
  return mod + shift + (letter ? key.toLowerCase() : key);
}

/** Whether the machine says Cmd where others say Ctrl. */
export function isApple(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}

/** As it stands on the keys of the language's own keyboards. */
function nameOf(key: "Mod" | "Shift"): string {
  if (isApple()) return key === "Mod" ? "⌘" : "⇧";
  return t(key === "Mod" ? "console-keyname-control" : "console-keyname-shift");
}

const SIGNS: Record<string, string> = { Escape: "Esc", ArrowDown: "↓", ArrowUp: "↑", " ": "␣" };

/** The keys of a shortcut as they stand on the keyboard, one by one. */
export function keysOf(shortcut: string): string[] {
  return shortcut.split(" ").flatMap((step) =>
    step.split("+").map((key) => {
      if (key === "Mod" || key === "Shift") return nameOf(key);
      return SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    }),
  );
}
