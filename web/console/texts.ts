/** What technicians read; they see a conversation as its customer does, too. */
import type { Catalogs } from "../shared/i18n";

export const texts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=shared,portal,portal-later,console",
  import: "default",
}) as Catalogs;

/** What is read in the settings alone: a third of all there is. It comes with their page. */
export const settingsTexts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=console-settings",
  import: "default",
}) as Catalogs;
