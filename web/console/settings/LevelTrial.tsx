import { FlaskConical } from "lucide";
import { Button } from "../../shared/components/Button";
import { Banner } from "../../shared/components/Banner";
import { errorText } from "../../shared/api";
import { t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { ChangedCase } from "../../shared/generated/rest";
import { PlaceLink } from "../parts/PlaceLink";
import { promised } from "../sla";
import { codeOf } from "../explain";
import { KINDS } from "./serviceLevel";
import type { Trial, TrialSum } from "./trial";

/** What the form would have made of the last month; nothing is changed by asking. */
export function LevelTrial({ trial, onTry }: { trial: Trial; onTry: () => void }) {
  const sum = trial.sum.value;
  const busy = trial.busy.value;
  return (
    <div class="trial editor-form">
      <div class="level-actions">
        <Button icon={FlaskConical} busy={busy} onClick={onTry}>
          {t("trial-run")}
        </Button>
        {busy && <Button onClick={() => trial.stop()}>{t("trial-stop")}</Button>}
      </div>
      {trial.failure.value !== null && (
        <Banner kind="error" code={codeOf(trial.failure.value)}>
          {errorText(codeOf(trial.failure.value))}
        </Banner>
      )}
      {busy && <progress aria-label={t("trial-progress")} value={sum?.progress ?? 0} max={1} />}
      <p role="status">{sum && summary(sum)}</p>
      {sum && <Kinds sum={sum} />}
      {sum && sum.changed.length > 0 && <Changed sum={sum} />}
    </div>
  );
}

function summary({ cases, changedCount, cut, done }: TrialSum): string {
  const found = t("trial-summary", { cases, changed: changedCount });
  if (cut) return `${found} ${t("trial-cut")}`;
  return done ? found : `${found} ${t("trial-partly")}`;
}

function Kinds({ sum }: { sum: TrialSum }) {
  return (
    <div class="trial-scroll">
      <table>
        <caption class="visually-hidden">{t("trial-title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("trial-promise")}</th>
            <th scope="col">{t("trial-met-before")}</th>
            <th scope="col">{t("trial-met-after")}</th>
            <th scope="col">{t("trial-late-before")}</th>
            <th scope="col">{t("trial-late-after")}</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{promised(kind)}</th>
              <td>{sum.before[kind].met}</td>
              <td>{sum.after[kind].met}</td>
              <td>{sum.before[kind].breached}</td>
              <td>{sum.after[kind].breached}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Changed({ sum }: { sum: TrialSum }) {
  return (
    <section aria-labelledby="trial-changed">
      <h4 id="trial-changed">{t("trial-changed")}</h4>
      <ul class="trial-changed">
        {sum.changed.map((item) => (
          <li key={item.case_id}>
            <PlaceLink to={{ page: "cases", caseId: item.case_id }} class="link">
              #{item.number}
            </PlaceLink>
            <span>{formatDateTime(item.created_at)}</span>
            <span>{changeText(item)}</span>
          </li>
        ))}
      </ul>
      {sum.changedCount > sum.changed.length && (
        <p class="settings-note">
          {t("trial-more", { count: sum.changedCount - sum.changed.length })}
        </p>
      )}
    </section>
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
      t(late(after, kind) > 0 ? "trial-becomes-late" : "trial-becomes-met", {
        what: promised(kind),
      }),
    )
    .join(", ");
}
