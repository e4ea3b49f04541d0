import { t } from "../shared/i18n";
import { toast } from "./toasts";

/** To the clipboard, and says so; a browser that refuses is told of, too. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ tone: "done", text: t("console-copied", { text }) });
  } catch {
    toast({ tone: "warning", text: t("console-not-copied", { text }) });
  }
}
