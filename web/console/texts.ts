/** What technicians read; they see a conversation as its customer does, too. */
import type { Catalogs } from "../shared/i18n";

export const texts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=shared,portal,portal-later,console",
  import: "default",
}) as Catalogs;
