import { BellOff } from "lucide";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { press } from "../press";

/** Says that a case is muted (S52) and what that means, with the way back. */
export function QuietNote({ desk, item }: { desk: Desk; item: Case }) {
  if (!item.muted) return null;
  return (
    <p class="quiet-note">
      <Icon of={BellOff} />
      <span>{t("console-muted-text")}</span>
      <Button kind="quiet" onClick={() => press(desk, item, { do: "mute", muted: false })}>
        {t("console-unmute")}
      </Button>
    </p>
  );
}
