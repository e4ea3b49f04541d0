/** What whoever opens the link of a mail reads. */
import type { Catalogs } from "../shared/i18n";

export const texts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=shared,portal,portal-later,status",
  import: "default",
}) as Catalogs;
