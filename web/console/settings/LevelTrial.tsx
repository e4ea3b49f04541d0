import { t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { ChangedCase } from "../../shared/generated/rest";
import { promised } from "../sla";
import { ChangedCases, TrialRun, TrialTable } from "./parts/TrialRun";
import { KINDS } from "./serviceLevel";
import type { Trial, TrialSum } from "./trial";

/** What the form would have made of the last month; nothing is changed by asking. */
export function LevelTrial({ trial, onTry }: { trial: Trial; onTry: () => void }) {
  return (
    <div class="level-trial editor-form">
      <TrialRun trial={trial} onTry={onTry}>
        {(sum) => (
          <>
            <Kinds sum={sum} />
            <ChangedCases
              id="trial-changed"
              title={t("sla-trial-changed")}
              cases={sum.changed}
              count={sum.changedCount}
              words={(item) => [formatDateTime(item.created_at), changeText(item)]}
            />
          </>
        )}
      </TrialRun>
    </div>
  );
}

function Kinds({ sum }: { sum: TrialSum }) {
  return (
    <TrialTable
      heads={[
        t("sla-trial-promise"),
        t("sla-trial-met-before"),
        t("sla-trial-met-after"),
        t("sla-trial-late-before"),
        t("sla-trial-late-after"),
      ]}
      rows={KINDS.map((kind) => ({
        name: promised(kind),
        cells: [
          sum.before[kind].met,
          sum.after[kind].met,
          sum.before[kind].breached,
          sum.after[kind].breached,
        ],
      }))}
    />
  );
}

/** For each promise that would have ended otherwise: how often it was late, before and after. */
function changeText({ before, after }: ChangedCase): string {
  const late = (side: ChangedCase["before"], kind: string) => side[kind]?.breached ?? 0;
  const met = (side: ChangedCase["before"], kind: string) => side[kind]?.met ?? 0;
  return KINDS.filter(
    (kind) => late(before, kind) !== late(after, kind) || met(before, kind) !== met(after, kind),
  )
    .map((kind) =>
      t(late(after, kind) > 0 ? "sla-trial-becomes-late" : "sla-trial-becomes-met", {
        what: promised(kind),
      }),
    )
    .join(", ");
}
