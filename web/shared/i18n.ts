/** Texts by Project Fluent: one catalog a language, and only the viewer's is loaded. */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { computed, signal } from "@preact/signals";
import { load, save } from "./local";

export type Locale = "en" | "es" | "de";
export type Args = Record<string, FluentVariable>;

/** Each language under its own name, which is how its speakers look for it. */
export const LOCALES: Readonly<Record<Locale, string>> = {
  en: "English",
  es: "Español",
  de: "Deutsch",
};

const CHOICE = "deskbus.locale";
const catalogs: Record<Locale, () => Promise<{ default: string }>> = {
  en: () => import("./locales/en.ftl?raw"),
  es: () => import("./locales/es.ftl?raw"),
  de: () => import("./locales/de.ftl?raw"),
};

const bundle = signal<FluentBundle | null>(null);

/** The language on screen; it changes only once its catalog is there. */
export const locale = computed<Locale>(
  () => (bundle.value?.locales[0] as Locale | undefined) ?? "en",
);

/** The language with the viewer's region (`de-AT`), for dates and numbers. */
export const formatLocale = computed(() => regional(locale.value, navigator.languages));

export function isLocale(tag: unknown): tag is Locale {
  return typeof tag === "string" && tag in LOCALES;
}

/** The first wanted language that there is; English when there is none. */
export function negotiate(wanted: readonly string[]): Locale {
  return wanted.map(languageOf).find(isLocale) ?? "en";
}

function regional(language: Locale, wanted: readonly string[]): string {
  return wanted.find((tag) => languageOf(tag) === language) ?? language;
}

function languageOf(tag: string): string {
  return tag.toLowerCase().split("-")[0] ?? "";
}

/** Loads the saved or negotiated language; `t` works once this is done. */
export async function startLocale(): Promise<void> {
  const chosen = load<string>(CHOICE);
  await show(isLocale(chosen) ? chosen : negotiate(navigator.languages));
}

export async function setLocale(choice: Locale): Promise<void> {
  await show(choice);
  save(CHOICE, choice);
}

async function show(choice: Locale): Promise<void> {
  const { default: source } = await catalogs[choice]();
  // The three languages run left to right; isolation marks would only end up in copied text.
  const next = new FluentBundle(choice, { useIsolating: false });
  next.addResource(new FluentResource(source));
  bundle.value = next;
  document.documentElement.lang = choice;
}

export function hasText(id: string): boolean {
  return bundle.value?.hasMessage(id) ?? false;
}

/** The text of a message in the viewer's language; a component that calls it follows the language. */
export function t(id: string, args?: Args): string {
  const pattern = bundle.value?.getMessage(id)?.value;
  return pattern && bundle.value ? bundle.value.formatPattern(pattern, args) : id;
}
