import { FlaskConical } from "lucide";
import type { ComponentChildren } from "preact";
import { errorText } from "../../../shared/api";
import { Banner } from "../../../shared/components/Banner";
import { Button } from "../../../shared/components/Button";
import { t } from "../../../shared/i18n";
import { codeOf } from "../../explain";
import type { Partwise } from "../../partwise";
import { PlaceLink } from "../../parts/PlaceLink";
import type { Told } from "../trials";

interface TrialRunProps<Wanted, Part extends { next: string | null }, Sum extends Told<unknown>> {
  trial: Partwise<Wanted, Part, Sum>;
  disabled?: boolean;
  onTry: () => void;
  /** What was found so far, below the sentence that sums it up. */
  children: (sum: Sum) => ComponentChildren;
}

/** Asks for a trial on the last month and stops it, with how far it is and what was found. */
export function TrialRun<Wanted, Part extends { next: string | null }, Sum extends Told<unknown>>(
  props: TrialRunProps<Wanted, Part, Sum>,
) {
  const { trial, disabled = false, onTry, children } = props;
  const sum = trial.sum.value;
  const busy = trial.busy.value;
  const failure = trial.failure.value;
  return (
    <>
      <div class="level-actions">
        <Button icon={FlaskConical} busy={busy} disabled={disabled} onClick={onTry}>
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
      {sum && children(sum)}
    </>
  );
}

function summary({ cases, changedCount, cut, done }: Told<unknown>): string {
  const found = t("sla-trial-summary", { cases, changed: changedCount });
  if (cut) return `${found} ${t("sla-trial-cut")}`;
  return done ? found : `${found} ${t("sla-trial-partly")}`;
}

interface TrialTableProps {
  /** What the first column lists, and what the others count. */
  heads: readonly string[];
  rows: readonly { name: string; cells: readonly (string | number)[] }[];
}

export function TrialTable({ heads, rows }: TrialTableProps) {
  return (
    // On a phone it scrolls, which has to be possible by keyboard too.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <section class="trial-scroll" tabIndex={0} aria-label={heads[0]}>
      <table>
        <caption class="visually-hidden">{t("sla-trial-title")}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={heads[at + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ChangedCasesProps<Item extends { case_id: string; number: number }> {
  id: string;
  title: string;
  /** The first of them. */
  cases: readonly Item[];
  /** How many there are. */
  count: number;
  /** When it was, and what would have been otherwise. */
  words: (item: Item) => readonly string[];
}

/** The cases that would have gone otherwise, each with a link to it. */
export function ChangedCases<Item extends { case_id: string; number: number }>(
  props: ChangedCasesProps<Item>,
) {
  const { id, title, cases, count, words } = props;
  if (cases.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h4 id={id}>{title}</h4>
      <ul class="trial-changed">
        {cases.map((item) => (
          <li key={item.case_id}>
            <PlaceLink to={{ page: "cases", caseId: item.case_id }} class="link">
              #{item.number}
            </PlaceLink>
            {words(item).map((word) => (
              <span key={word}>{word}</span>
            ))}
          </li>
        ))}
      </ul>
      {count > cases.length && (
        <p class="settings-note">{t("sla-trial-more", { count: count - cases.length })}</p>
      )}
    </section>
  );
}
