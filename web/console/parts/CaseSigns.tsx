import {
  BellOff,
  ChevronsUp,
  ChevronUp,
  ChevronDown,
  Flag,
  type IconNode,
  ShieldAlert,
} from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import type { Case } from "../model";

const PRIORITY_SIGNS: Readonly<Record<Exclude<Case["priority"], "normal">, IconNode>> = {
  urgent: ChevronsUp,
  high: ChevronUp,
  low: ChevronDown,
};

export function Priority({ of: priority }: { of: Case["priority"] }) {
  if (priority === "normal") return <>{t("console-priority-normal")}</>;
  return (
    <span class="priority" data-priority={priority}>
      <Icon of={PRIORITY_SIGNS[priority]} />
      {t(`console-priority-${priority}`)}
    </span>
  );
}

function Sign({ of, label, kind }: { of: IconNode; label: string; kind: string }) {
  return (
    <span class="case-sign" data-sign={kind} title={label}>
      <Icon of={of} />
      <span class="visually-hidden">{label}</span>
    </span>
  );
}

/** Its flag, its urgency, and that it is quiet or spam: signs with names, beside the number. */
export function CaseSigns({ item }: { item: Case }) {
  const { priority } = item;
  return (
    <span class="case-signs">
      {item.flagged && <Sign of={Flag} label={t("console-flagged")} kind="flag" />}
      {priority !== "normal" && (
        <Sign
          of={PRIORITY_SIGNS[priority]}
          label={t(`console-priority-${priority}`)}
          kind={priority}
        />
      )}
      {item.muted && <Sign of={BellOff} label={t("console-muted")} kind="muted" />}
      {item.spam && <Sign of={ShieldAlert} label={t("console-is-spam")} kind="spam" />}
    </span>
  );
}

export function snoozedText(item: Pick<Case, "snoozed_until">): string {
  return item.snoozed_until ? formatFull(item.snoozed_until) : t("console-snooze-reply");
}
