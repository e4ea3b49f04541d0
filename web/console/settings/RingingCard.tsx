import "../styles/service-levels.css";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Field } from "../../shared/components/Field";
import { Skeleton } from "../../shared/components/Skeleton";
import type { RerungCase, RingingView } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import { formatDateTime } from "../../shared/time";
import type { TokenSource } from "../../shared/token";
import { formatSpan } from "../sla";
import { Draft } from "./draft";
import { Card } from "./parts/Card";
import { SavedForm } from "./parts/Editor";
import { Unread } from "../parts/Unread";
import { ChangedCases, TrialRun, TrialTable } from "./parts/TrialRun";
import {
  asking,
  bodyOf,
  check,
  formOf,
  type RingForm,
  Ringing,
  type RingSum,
  RingTrial,
} from "./ringTrial";

/** How often a live chat rings that nobody takes, before those who could come are mailed (X4). */
export function RingingCard({ token }: { token: TokenSource }) {
  const source = useMemo(() => new Ringing(token), [token]);
  const known = useSignal<{ draft: Draft<RingForm>; holds: RingingView } | null>(null);
  const failure = useSignal<unknown>(null);
  const load = async () => {
    try {
      const holds = await source.read();
      failure.value = null;
      known.value = { draft: new Draft(formOf(holds), check), holds };
    } catch (error) {
      failure.value = error;
    }
  };
  // eslint-disable-next-line react-hooks/exhaustive-deps -- what is typed stays until one comes back
  useEffect(() => void load(), [source]);
  const save = async (form: RingForm) => {
    const holds = await source.save(bodyOf(form));
    if (known.value) known.value = { ...known.value, holds };
  };
  return (
    <Card title={t("ringing-title")} about={t("ringing-about")}>
      {failure.value !== null && <Unread error={failure.value} onRetry={() => void load()} />}
      {!known.value && failure.value === null && <Skeleton height="80px" />}
      {known.value && (
        <>
          <SavedForm draft={known.value.draft} onSave={save}>
            <div class="capacity-fields">
              <Field
                label={t("ringing-seconds")}
                type="number"
                {...known.value.draft.text("seconds")}
              />
              <Field
                label={t("ringing-times")}
                type="number"
                {...known.value.draft.text("times")}
              />
            </div>
          </SavedForm>
          <Trial draft={known.value.draft} holds={known.value.holds} token={token} />
        </>
      )}
    </Card>
  );
}

interface TrialProps {
  draft: Draft<RingForm>;
  holds: RingingView;
  token: TokenSource;
}

function Trial({ draft, holds, token }: TrialProps) {
  const trial = useMemo(() => new RingTrial(asking(token)), [token]);
  const form = draft.values.value;
  const sound = Object.keys(check(form)).length === 0;
  useEffect(() => trial.clear(), [form, holds, trial]);
  const { mails, ...before } = holds;
  const run = () => void trial.run({ before, patience: bodyOf(form) });
  return (
    <section class="level-trial editor-form" aria-label={t("ring-trial-title")}>
      <p class="settings-note">{t("ring-trial-about")}</p>
      <TrialRun trial={trial} disabled={!sound} onTry={run}>
        {(sum) => <Found sum={sum} mails={mails} />}
      </TrialRun>
    </section>
  );
}

function Found({ sum, mails }: { sum: RingSum; mails: boolean }) {
  const { before, after } = sum;
  if (sum.waits === 0) return sum.done ? <p>{t("ring-trial-none")}</p> : null;
  return (
    <>
      <p>{t("ring-trial-waits", { count: sum.waits })}</p>
      <TrialTable
        heads={[t("ring-trial-what"), t("ring-trial-before"), t("routing-trial-after")]}
        rows={[
          { name: t("ring-trial-chats"), cells: [before.waits, after.waits] },
          { name: t("ring-trial-again"), cells: [before.again, after.again] },
          // Where the deployment mails nobody, it rings no more instead.
          {
            name: t(mails ? "ring-trial-mailed" : "ring-trial-given-up"),
            cells: [before.mailed, after.mailed],
          },
        ]}
      />
      <ChangedCases
        id="ring-changed"
        title={t("ring-trial-changed")}
        cases={sum.changed}
        count={sum.changedCount}
        words={(item) => words(item, mails)}
      />
    </>
  );
}

function words(item: RerungCase, mails: boolean): readonly string[] {
  const { at, seconds, before, after } = item;
  const instead = { count: after.again, before: before.again };
  const mailed = after.mailed ? "ring-trial-would-mail" : "ring-trial-would-not-mail";
  return [
    formatDateTime(at),
    t("ring-trial-waited", { time: formatSpan(seconds * 1000) }),
    before.mailed === after.mailed || !mails ? t("ring-trial-instead", instead) : t(mailed),
  ];
}
