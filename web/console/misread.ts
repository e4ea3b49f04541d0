/** An address that filters by what does not exist shows more than whoever sent it meant: that is said, and it is put right. */
import { t } from "../shared/i18n";
import { misread } from "./cases/place";
import { go, route } from "./route";
import { toast } from "./toasts";

const NAMED = 5;

export function sayMisread(): void {
  const { pathname, search } = location;
  if (route.peek().page !== "cases" || !pathname.startsWith("/console/cases")) return;
  const wrong = misread(new URLSearchParams(search));
  if (wrong.length === 0) return;
  go({}, { replace: true });
  toast({ tone: "warning", text: t("place-misread", { names: wrong.slice(0, NAMED).join(", ") }) });
}
