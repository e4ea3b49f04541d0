/** Before each file of tests: every text there is. A test chooses its language. */
import { addTexts, type Catalogs } from "../i18n";

await addTexts(import.meta.glob("../locales/*.ftl", { import: "default" }) as Catalogs);
