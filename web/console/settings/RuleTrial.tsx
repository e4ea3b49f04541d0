import { FlaskConical } from "lucide";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { Automation } from "../automation/source";
import { Trial, type TrialResult } from "../automation/trial";
import { didText, whyText } from "../automation/words";
import { codeOf } from "../explain";
import { formatRoute } from "../route";
import type { Draft } from "./draft";
import { bodyOf, checkRule, type RuleForm } from "./RuleEditor";

interface RuleTrialProps {
  draft: Draft<RuleForm>;
  source: Automation;
}

/** What the rule as it stands in the form would have done in the last month (N9); nothing is changed. */
export function RuleTrial({ draft, source }: RuleTrialProps) {
  const trial = useMemo(() => new Trial(source), [source, draft]); // eslint-disable-line react-hooks/exhaustive-deps -- another form begins without a result
  const tried = useSignal("");
  useEffect(() => () => trial.stop(), [trial]);
  const form = draft.values.value;
  const start = () => {
    const { name: _, ...wrong } = checkRule(form);
    draft.problems.value = wrong;
    if (Object.keys(wrong).length > 0) return;
    tried.value = JSON.stringify(bodyOf(form));
    void trial.run({ ...bodyOf(form), name: form.name.trim() || "–" });
  };
  const result = trial.sum.value;
  const running = trial.busy.value;
  return (
    <section class="sentence trial" aria-label={t("trial-title")}>
      <div class="trial-head">
        <p class="step-none">{t("trial-about")}</p>
        {running ? (
          <Button onClick={() => trial.stop()}>{t("trial-stop")}</Button>
        ) : (
          <Button icon={FlaskConical} onClick={start}>
            {t("trial-start")}
          </Button>
        )}
      </div>
      {running && <progress max={1} value={result?.progress ?? 0} aria-label={t("trial-title")} />}
      {trial.failure.value !== null && (
        <Banner kind="error" code={codeOf(trial.failure.value)}>
          {errorText(codeOf(trial.failure.value))}
        </Banner>
      )}
      <div role="status">
        {result && <Summary result={result} old={tried.value !== JSON.stringify(bodyOf(form))} />}
      </div>
      {result && result.cases.length > 0 && <Touched result={result} />}
    </section>
  );
}

function Summary({ result, old }: { result: TrialResult; old: boolean }) {
  return (
    <div class="trial-summary">
      <p class="trial-count">
        {t("trial-count", { touched: result.touched, looked: result.looked_at })}
      </p>
      {old && <p class="step-none">{t("trial-old")}</p>}
      {result.refused > 0 && <p class="broken">{t("trial-refused", { count: result.refused })}</p>}
      {result.cut && <p class="step-none">{t("trial-cut")}</p>}
      {result.touched > 0 && (
        <ul class="trial-actions">
          {Object.entries(result.actions).map(([action, count]) => (
            <li key={action}>
              {didText([{ action }])}: <strong>{t("trial-cases", { count })}</strong>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Touched({ result }: { result: TrialResult }) {
  return (
    <>
      <ul class="trial-cases" aria-label={t("trial-cases-label")}>
        {result.cases.map((one) => (
          <li key={one.case_id}>
            <a href={formatRoute({ list: "all", caseId: one.case_id })} target="_blank">
              #{one.number}
            </a>
            <span class="trial-did">
              {one.code ? whyText(one.code) : didText(one.did)}
              {one.runs > 1 && ` · ${t("trial-times", { count: one.runs })}`}
            </span>
            <Time at={one.at} />
          </li>
        ))}
      </ul>
      {result.touched + result.refused > result.cases.length && (
        <p class="step-none">{t("trial-first", { count: result.cases.length })}</p>
      )}
    </>
  );
}
