import { useEffect, useMemo } from "preact/hooks";
import type { ResnoozedCase, SleepView } from "../../shared/generated/rest";
import { hasText, t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { TokenSource } from "../../shared/token";
import { formatSpan } from "../sla";
import type { Draft } from "./draft";
import { ChangedCases, TrialRun, TrialTable } from "./parts/TrialRun";
import {
  asking,
  bodyOf,
  check,
  type SnoozeForm,
  type SnoozeSum,
  SnoozeTrial as Trial,
} from "./snoozeTrial";

const ENDINGS = ["reply", "due", "technician", "asleep"];

/** When cases would have come back in the last month with what stands in the form; nothing is changed by asking. */
export function SnoozeTrial({ draft, token }: { draft: Draft<SnoozeForm>; token: TokenSource }) {
  const trial = useMemo(() => new Trial(asking(token)), [token]);
  const form = draft.values.value;
  const sound = Object.keys(check(form)).length === 0;
  useEffect(() => trial.clear(), [form, trial]);
  return (
    <div class="level-trial editor-form">
      <TrialRun trial={trial} disabled={!sound} onTry={() => void trial.run(bodyOf(form))}>
        {(sum) => (
          <>
            {sum.snoozes > 0 ? <Endings sum={sum} /> : sum.done && <p>{t("snooze-trial-none")}</p>}
            {sum.concluded > 0 && (
              <p class="settings-note">{t("snooze-trial-concluded", { count: sum.concluded })}</p>
            )}
            <ChangedCases
              id="snooze-changed"
              title={t("snooze-trial-changed")}
              cases={sum.changed}
              count={sum.changedCount}
              words={words}
            />
          </>
        )}
      </TrialRun>
    </div>
  );
}

function Endings({ sum }: { sum: SnoozeSum }) {
  const { before, after, snoozes } = sum;
  const known = ENDINGS.filter((name) => (before.endings[name] ?? 0) + (after.endings[name] ?? 0));
  const average = ({ slept_seconds: all }: { slept_seconds: number }) =>
    formatSpan((all / snoozes) * 1000);
  return (
    <TrialTable
      heads={[t("snooze-trial-ending"), t("routing-trial-before"), t("snooze-trial-after")]}
      rows={[
        ...known.map((name) => ({
          name: ending(name),
          cells: [before.endings[name] ?? 0, after.endings[name] ?? 0],
        })),
        { name: t("snooze-trial-slept"), cells: [average(before), average(after)] },
      ]}
    />
  );
}

function ending(name: string): string {
  const id = `snooze-ending-${name}`;
  return hasText(id) ? t(id) : name;
}

function words({ at, before, after }: ResnoozedCase): readonly string[] {
  const instead = t("snooze-trial-instead", { before: back(before), after: back(after) });
  return [t("snooze-trial-since", { at: formatDateTime(at) }), instead];
}

function back({ ending: how, ended_at: at }: SleepView): string {
  if (!at) return t("snooze-trial-asleep");
  const id = `snooze-back-${how}`;
  return hasText(id) ? t(id, { at: formatDateTime(at) }) : formatDateTime(at);
}
