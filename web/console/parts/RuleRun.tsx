import { useSignal } from "@preact/signals";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { TimelineEntry } from "../../shared/generated/rest";
import { useNames } from "../automation/names";
import { type Asked, conditionText, triggerText } from "../automation/words";
import type { Desk } from "../desk";
import { happeningText } from "../happenings";

interface RuleRunProps {
  desk: Desk;
  entry: TimelineEntry;
}

/** What a rule did, and on request why: what had happened, and which conditions held. */
export function RuleRun({ desk, entry }: RuleRunProps) {
  const open = useSignal(false);
  return (
    <details
      class="rule-run"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary class="row-line">
        {happeningText(entry, desk.technician.id, desk.labels)} ·{" "}
        <Time at={entry.time} as="clock" />
      </summary>
      {open.value && <Why desk={desk} entry={entry} />}
    </details>
  );
}

function Why({ desk, entry }: RuleRunProps) {
  const item = desk.selected.value;
  const names = useNames(desk);
  // A condition that held of this case names its portal, if it names one.
  const known = { ...names, portals: item ? [item.portal] : [] };
  const { trigger, held } = entry.tells;
  const asked = Array.isArray(held) ? (held as Asked[]) : [];
  const all = [
    triggerText(String(trigger), minutesOf(asked)),
    ...asked.map((one) => conditionText(one, known)),
  ];
  return <p class="rule-why">{t("rule-run-because", { when: all.join(t("rule-and")) })}</p>;
}

function minutesOf(asked: readonly Asked[]): number {
  return Number(asked.find(({ what }) => what === "waited")?.values[0] ?? 0);
}
