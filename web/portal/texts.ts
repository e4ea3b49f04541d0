/** What customers read, up to an open chat. */
import type { Catalogs } from "../shared/i18n";

export const texts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=shared,portal",
  import: "default",
}) as Catalogs;
