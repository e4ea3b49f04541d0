import { AtSign, type IconNode, Mail, MessageCircleMore, MessageCircleOff, Phone } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Case } from "../model";

/**
 * "Live chat", red while somebody is there; "Support request", "Email" and "Phone call", grey.
 * Each has a sign of its own, so that colour is never the only one.
 */
export function CaseType({ item }: { item: Case }) {
  const ended = item.type === "live_chat" && !item.live;
  return (
    <span class="case-type" data-live={item.live}>
      <Icon of={typeSign(item)} />
      {typeName(item)}
      {ended && <span class="visually-hidden">, {t("console-type-ended")}</span>}
    </span>
  );
}

export function typeName({ type }: Pick<Case, "type">): string {
  return t(`console-type-${type.replace("_", "-")}`);
}

/** The sign that stands for the type wherever there is no room for its name. */
export function typeSign(item: Case): IconNode {
  if (item.type === "call") return Phone;
  if (item.type === "email") return AtSign;
  if (item.type === "request") return Mail;
  return item.live ? MessageCircleMore : MessageCircleOff;
}
