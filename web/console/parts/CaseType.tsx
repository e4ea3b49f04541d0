import { MessageCircleMore, MessageCircleOff } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Case } from "../model";

/** "Live chat", red while somebody is there; the sign differs too, so that colour is never the only one. */
export function CaseType({ item }: { item: Case }) {
  return (
    <span class="case-type" data-live={item.live}>
      <Icon of={item.live ? MessageCircleMore : MessageCircleOff} />
      {t("console-type-live-chat")}
      {!item.live && <span class="visually-hidden">, {t("console-type-ended")}</span>}
    </span>
  );
}
