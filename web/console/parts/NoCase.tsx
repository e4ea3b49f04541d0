import { MessagesSquare } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";

/** Where the conversation will be, while no case is open. */
export function NoCase() {
  return (
    <main class="pane pane-conversation" aria-label={t("console-conversation")}>
      <div class="empty empty-pane">
        <Icon of={MessagesSquare} />
        <h2 class="empty-title">{t("console-nothing-selected")}</h2>
        <p>{t("console-nothing-selected-text")}</p>
        <p class="key-hints">
          <kbd>j</kbd> <kbd>k</kbd> {t("console-key-move")} · <kbd>?</kbd> {t("console-shortcuts")}
        </p>
      </div>
    </main>
  );
}
