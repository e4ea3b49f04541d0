/** Light or dark: the system's choice, unless the viewer made one here. */
import { signal } from "@preact/signals";
import { forget, load, save } from "./local";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const CHOICE = "deskbus.theme";

export const theme = signal<Theme>("system");

export function isTheme(choice: unknown): choice is Theme {
  return THEMES.some((theme) => theme === choice);
}

export function startTheme(): void {
  const saved = load<Theme>(CHOICE);
  apply(saved === "light" || saved === "dark" ? saved : "system");
}

export function setTheme(choice: Theme): void {
  if (choice === "system") forget(CHOICE);
  else save(CHOICE, choice);
  apply(choice);
}

function apply(choice: Theme): void {
  theme.value = choice;
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
