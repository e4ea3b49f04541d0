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
    <div class="level-trial editor-form">
      <div class="level-actions">
        <Button icon={FlaskConical} busy={busy} onClick={onTry}>
          {t("sla-trial-run")}
        </Button>
        {busy && <Button onClick={() => trial.stop()}>{t("sla-trial-stop")}</Button>}
      </div>
      {trial.failure.value !== null && (
        <Banner kind="error" code={codeOf(trial.failure.value)}>
          {errorText(codeOf(trial.failure.value))}
        </Banner>
      )}
      {busy && <progress aria-label={t("sla-trial-progress")} value={sum?.progress ?? 0} max={1} />}
      <p role="status">{sum && summary(sum)}</p>
      {sum && <Kinds sum={sum} />}
      {sum && sum.changed.length > 0 && <Changed sum={sum} />}
    </div>
  );
}

function summary({ cases, changedCount, cut, done }: TrialSum): string {
  const found = t("sla-trial-summary", { cases, changed: changedCount });
  if (cut) return `${found} ${t("sla-trial-cut")}`;
  return done ? found : `${found} ${t("sla-trial-partly")}`;
}

function Kinds({ sum }: { sum: TrialSum }) {
  return (
    // On a phone it scrolls, which has to be possible by keyboard too.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <section class="trial-scroll" tabIndex={0} aria-label={t("sla-trial-title")}>
      <table>
        <caption class="visually-hidden">{t("sla-trial-title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("sla-trial-promise")}</th>
            <th scope="col">{t("sla-trial-met-before")}</th>
            <th scope="col">{t("sla-trial-met-after")}</th>
            <th scope="col">{t("sla-trial-late-before")}</th>
            <th scope="col">{t("sla-trial-late-after")}</th>
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
    </section>
  );
}

function Changed({ sum }: { sum: TrialSum }) {
  return (
    <section aria-labelledby="trial-changed">
      <h4 id="trial-changed">{t("sla-trial-changed")}</h4>
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
          {t("sla-trial-more", { count: sum.changedCount - sum.changed.length })}
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
      t(late(after, kind) > 0 ? "sla-trial-becomes-late" : "sla-trial-becomes-met", {
        what: promised(kind),
      }),
    )
    .join(", ");
}
