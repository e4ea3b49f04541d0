import { effect } from "@preact/signals";
import { beforeEach, expect, it, vi } from "vitest";
import { errorText } from "./api";
import { addTexts, locale, negotiate, setLocale, startLocale, t } from "./i18n";

beforeEach(async () => {
  localStorage.clear();
  await setLocale("en");
});

it.each([
  [["de-AT", "en"], "de"],
  [["fr", "es-MX"], "es"],
  [["fr", "it"], "en"],
  [[], "en"],
])("of %j takes %s", (wanted, chosen) => {
  expect(negotiate(wanted)).toBe(chosen);
});

it("changes the texts and the page's language together, and remembers the choice", async () => {
  expect(t("send")).toBe("Send");
  await setLocale("es");
  expect([t("send"), locale.value, document.documentElement.lang]).toEqual(["Enviar", "es", "es"]);
  await startLocale();
  expect(locale.value).toBe("es");
});

it("has the texts of a part that comes later, and draws nothing anew for them", async () => {
  const drawn = vi.fn(() => t("send"));
  const stop = effect(() => void drawn());
  await addTexts({ "later/en.ftl": () => Promise.resolve({ "of-later": "Here I am" }) });
  expect(t("of-later")).toBe("Here I am");
  expect(drawn).toHaveBeenCalledTimes(1);
  await setLocale("de");
  expect(drawn).toHaveBeenCalledTimes(2);
  stop();
});

it("says an error by its code, and one nobody knows as ours", () => {
  expect(errorText("subdomain_reserved", { subdomain: "www", extra: null })).toContain("www");
  expect(errorText("never_heard_of")).toBe(t("error-internal"));
});

it.each([
  ["en", "assigned", "Otto was faster: the case is assigned now."],
  ["de", "unassigned", "Otto war schneller: Der Fall ist jetzt nicht zugewiesen."],
  ["es", "resolved", "Otto se adelantó: el caso está ahora resuelto."],
  ["en", "snoozed", "Otto was faster: the case is snoozed now."],
  ["de", "pending", "Otto war schneller: Der Fall ist jetzt ausstehend."],
] as const)("names in %s who was faster, and what became of the case", async (to, state, text) => {
  await setLocale(to);
  expect(errorText("case_moved_on", { name: "Otto", who: "technician", state })).toBe(text);
});

it("names nobody where it was no technician", async () => {
  await setLocale("de");
  const told = { name: "Somebody else", who: "other", state: "resolved" };
  const text = "Der Fall hat sich inzwischen geändert: Er ist jetzt gelöst.";
  expect(errorText("case_moved_on", told)).toBe(text);
});
