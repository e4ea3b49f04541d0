import "../styles/service-levels.css";
import { useEffect, useMemo } from "preact/hooks";
import type { RedecidedCase } from "../../shared/generated/rest";
import { hasText, t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { TokenSource } from "../../shared/token";
import { formatSpan } from "../sla";
import { checkAll, type Typed } from "./assignment";
import type { Draft } from "./draft";
import { ChangedCases, TrialRun, TrialTable } from "./parts/TrialRun";
import { asking, type RoutingSum, RoutingTrial } from "./routingTrial";

/** From the best that can become of a case to what nobody can help. */
const OUTCOMES = ["assigned", "at_capacity", "gave_back", "none_available", "no_access"];

/** What the numbers in the form would have made of the last month; nothing is changed by asking. */
export function CapacityTrial({ draft, token }: { draft: Draft<Typed>; token: TokenSource }) {
  const trial = useMemo(() => new RoutingTrial(asking(token)), [token]);
  const typed = draft.values.value;
  const sound = Object.keys(checkAll(typed)).length === 0;
  useEffect(() => trial.clear(), [typed, trial]);
  return (
    <section class="level-trial editor-form" aria-label={t("sla-trial-title")}>
      <p class="settings-note">{t("routing-trial-about")}</p>
      <TrialRun trial={trial} disabled={!sound} onTry={() => void trial.run(typed)}>
        {(sum) => (
          <>
            <Outcomes sum={sum} />
            {sum.byHand > 0 && <p class="settings-note">{byHand(sum)}</p>}
            <ChangedCases
              id="routing-changed"
              title={t("routing-trial-changed")}
              cases={sum.changed}
              count={sum.changedCount}
              words={(item) => [formatDateTime(item.at), instead(item)]}
            />
          </>
        )}
      </TrialRun>
    </section>
  );
}

function byHand({ byHand: count, byHandSeconds }: RoutingSum): string {
  return t("routing-trial-by-hand", { count, time: formatSpan((byHandSeconds / count) * 1000) });
}

function Outcomes({ sum }: { sum: RoutingSum }) {
  const known = OUTCOMES.filter((name) => (sum.before[name] ?? 0) + (sum.after[name] ?? 0) > 0);
  if (known.length === 0) return null;
  return (
    <TrialTable
      heads={[t("routing-trial-outcome"), t("routing-trial-before"), t("routing-trial-after")]}
      rows={known.map((name) => ({
        name: outcome(name),
        cells: [sum.before[name] ?? 0, sum.after[name] ?? 0],
      }))}
    />
  );
}

function outcome(name: string): string {
  const id = `routing-outcome-${name.replaceAll("_", "-")}`;
  return hasText(id) ? t(id) : name;
}

function instead({ before, after }: RedecidedCase): string {
  const name = (side: RedecidedCase["before"]) =>
    side.person?.name ||
    t(side.outcome === "assigned" ? "console-former-technician" : "routing-trial-nobody");
  return t("routing-trial-instead", { before: name(before), after: name(after) });
}
