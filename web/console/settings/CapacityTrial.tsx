import "../styles/service-levels.css";
import { FlaskConical } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import type { RedecidedCase } from "../../shared/generated/rest";
import { hasText, t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { TokenSource } from "../../shared/token";
import { codeOf } from "../explain";
import { PlaceLink } from "../parts/PlaceLink";
import { formatSpan } from "../sla";
import { checkAll, type Typed } from "./assignment";
import type { Draft } from "./draft";
import { asking, type RoutingSum, RoutingTrial } from "./routingTrial";

/** From the best that can become of a case to what nobody can help. */
const OUTCOMES = ["assigned", "at_capacity", "gave_back", "none_available", "no_access"];

/** What the numbers in the form would have made of the last month; nothing is changed by asking. */
export function CapacityTrial({ draft, token }: { draft: Draft<Typed>; token: TokenSource }) {
  const trial = useMemo(() => new RoutingTrial(asking(token)), [token]);
  const typed = draft.values.value;
  const sound = Object.keys(checkAll(typed)).length === 0;
  useEffect(() => trial.clear(), [typed, trial]);
  const sum = trial.sum.value;
  const busy = trial.busy.value;
  const failure = trial.failure.value;
  return (
    <section class="level-trial editor-form" aria-label={t("sla-trial-title")}>
      <p class="settings-note">{t("routing-trial-about")}</p>
      <div class="level-actions">
        <Button
          icon={FlaskConical}
          busy={busy}
          disabled={!sound}
          onClick={() => void trial.run(typed)}
        >
          {t("sla-trial-run")}
        </Button>
        {busy && <Button onClick={() => trial.stop()}>{t("sla-trial-stop")}</Button>}
      </div>
      {failure !== null && (
        <Banner kind="error" code={codeOf(failure)}>
          {errorText(codeOf(failure))}
        </Banner>
      )}
      {busy && <progress aria-label={t("sla-trial-progress")} value={sum?.progress ?? 0} max={1} />}
      <p role="status">{sum && summary(sum)}</p>
      {sum && <Outcomes sum={sum} />}
      {sum && sum.byHand > 0 && <p class="settings-note">{byHand(sum)}</p>}
      {sum && sum.changed.length > 0 && <Changed sum={sum} />}
    </section>
  );
}

function summary({ cases, changedCount, cut, done }: RoutingSum): string {
  const found = t("sla-trial-summary", { cases, changed: changedCount });
  if (cut) return `${found} ${t("sla-trial-cut")}`;
  return done ? found : `${found} ${t("sla-trial-partly")}`;
}

function byHand({ byHand: count, byHandSeconds }: RoutingSum): string {
  return t("routing-trial-by-hand", { count, time: formatSpan((byHandSeconds / count) * 1000) });
}

function Outcomes({ sum }: { sum: RoutingSum }) {
  const known = OUTCOMES.filter((name) => (sum.before[name] ?? 0) + (sum.after[name] ?? 0) > 0);
  if (known.length === 0) return null;
  return (
    // On a phone it scrolls, which has to be possible by keyboard too.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <section class="trial-scroll" tabIndex={0} aria-label={t("routing-trial-outcome")}>
      <table>
        <caption class="visually-hidden">{t("sla-trial-title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("routing-trial-outcome")}</th>
            <th scope="col">{t("routing-trial-before")}</th>
            <th scope="col">{t("routing-trial-after")}</th>
          </tr>
        </thead>
        <tbody>
          {known.map((name) => (
            <tr key={name}>
              <th scope="row">{outcome(name)}</th>
              <td>{sum.before[name] ?? 0}</td>
              <td>{sum.after[name] ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function outcome(name: string): string {
  const id = `routing-outcome-${name.replaceAll("_", "-")}`;
  return hasText(id) ? t(id) : name;
}

function Changed({ sum }: { sum: RoutingSum }) {
  const left = sum.changedCount - sum.changed.length;
  return (
    <section aria-labelledby="routing-changed">
      <h4 id="routing-changed">{t("routing-trial-changed")}</h4>
      <ul class="trial-changed">
        {sum.changed.map((item) => (
          <li key={item.case_id}>
            <PlaceLink to={{ page: "cases", caseId: item.case_id }} class="link">
              #{item.number}
            </PlaceLink>
            <span>{formatDateTime(item.at)}</span>
            <span>{instead(item)}</span>
          </li>
        ))}
      </ul>
      {left > 0 && <p class="settings-note">{t("sla-trial-more", { count: left })}</p>}
    </section>
  );
}

function instead({ before, after }: RedecidedCase): string {
  const name = (side: RedecidedCase["before"]) =>
    side.person?.name ||
    t(side.outcome === "assigned" ? "console-former-technician" : "routing-trial-nobody");
  return t("routing-trial-instead", { before: name(before), after: name(after) });
}
