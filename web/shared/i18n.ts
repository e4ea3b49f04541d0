/** Texts by Project Fluent: compiled by the build, and only the viewer's language and the parts of a page are loaded. */
import { computed, signal } from "@preact/signals";
import { type Args, Forms, type Message } from "./forms";
import { load, save } from "./local";

export type Locale = "en" | "es" | "de";
type Catalog = Readonly<Record<string, Message>>;
/** How the texts of a page, or of a part of one, are loaded: by the path of each language's file, which `import.meta.glob` gives. */
export type Catalogs = Readonly<Record<string, () => Promise<Catalog>>>;

/** Each language under its own name, which is how its speakers look for it. */
export const LOCALES: Readonly<Record<Locale, string>> = {
  en: "English",
  es: "Español",
  de: "Deutsch",
};

const CHOICE = "deskbus.locale";
const sources = new Set<Catalogs>();
const shown = signal<{ language: Locale; catalog: Catalog; forms: Forms } | null>(null);
/** The language that was asked for last. */
let asked: Locale | null = null;

/** The language on screen; it changes only once its catalog is there. */
export const locale = computed<Locale>(() => shown.value?.language ?? "en");

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
export async function startLocale(catalogs?: Catalogs): Promise<void> {
  if (catalogs) sources.add(catalogs);
  const chosen = load<string>(CHOICE);
  await show(isLocale(chosen) ? chosen : negotiate(navigator.languages));
}

/** Loads the texts of a part that comes later, which follow the viewer's language from now on. */
export async function addTexts(catalogs: Catalogs): Promise<void> {
  sources.add(catalogs);
  if (asked) await show(asked);
}

export async function setLocale(choice: Locale): Promise<void> {
  await show(choice);
  save(CHOICE, choice);
}

async function show(language: Locale): Promise<void> {
  asked = language;
  const catalogs = await Promise.all([...sources].map((source) => catalogOf(source, language)));
  // Another language or part was asked for meanwhile.
  if (language !== asked || catalogs.length < sources.size) return show(asked);
  const now = shown.peek();
  if (now?.language === language) {
    // Who shows these texts comes after them, so nothing that is on screen has to be drawn anew.
    Object.assign(now.catalog, ...catalogs);
    return;
  }
  const catalog = Object.assign({}, ...catalogs) as Catalog;
  shown.value = { language, catalog, forms: new Forms(language) };
  document.documentElement.lang = language;
}

async function catalogOf(source: Catalogs, language: Locale): Promise<Catalog> {
  const path = Object.keys(source).find((name) => name.includes(`/${language}.`));
  return source[path ?? ""]?.() ?? {};
}

export function hasText(id: string): boolean {
  return id in (shown.value?.catalog ?? {});
}

/** The text of a message in the viewer's language; a component that calls it follows the language. */
export function t(id: string, args: Args = {}): string {
  const message = shown.value?.catalog[id];
  if (!shown.value || message === undefined) return id;
  return typeof message === "string" ? message : message(args, shown.value.forms);
}
