import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { t } from "../../shared/i18n";
import { SHORTCUTS } from "../shortcuts";

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const actions = <Button onClick={onClose}>{t("close")}</Button>;
  return (
    <Dialog title={t("console-shortcuts")} open={open} onClose={onClose} actions={actions}>
      <dl class="shortcuts">
        {SHORTCUTS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
