import { useSignal } from "@preact/signals";
import { History } from "lucide";
import { useEffect } from "preact/hooks";
import { errorText } from "../../shared/api";
import { Banner } from "../../shared/components/Banner";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Skeleton } from "../../shared/components/Skeleton";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import type { MailView, TimelineEntry } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { codeOf } from "../explain";
import { happeningText, withoutEchoes } from "../happenings";
import { close, open, opened } from "../opened";
import { type Dated, historyOf, mailText } from "../past";
import { type Case, customerName } from "../model";
import { LabelChip } from "./CaseLabels";
import { Priority, snoozedText } from "./CaseSigns";
import { Lookers } from "./Lookers";

interface HistoryProps {
  desk: Desk;
  item: Case;
}

interface SectionProps extends HistoryProps {
  /** Every mail of the delivery ledger: acknowledgements, surveys, transcripts. */
  mails: readonly MailView[];
}

/** How many of the newest are shown at once. */
const SHOWN = 6;

/** Everything that happened to the case, and the way into its past (N6). */
export function HistorySection({ desk, item, mails }: SectionProps) {
  const all = useSignal(false);
  const entries = desk.timeline.entries.value;
  const failure = desk.timeline.failure.value;
  const newest = historyOf(eventsOf(desk), mails);
  return (
    <section aria-label={t("console-history")}>
      <h3 class="details-heading">{t("console-history")}</h3>
      {failure !== null && entries.length === 0 && (
        <Banner
          kind="error"
          code={codeOf(failure)}
          action={<Button onClick={() => desk.timeline.retry(item)}>{t("try-again")}</Button>}
        >
          {errorText(codeOf(failure))}
        </Banner>
      )}
      <ol class="history">
        {(all.value ? newest : newest.slice(0, SHOWN)).map(({ id, time, entry, number, mail }) => (
          <li key={id}>
            <span>
              {number != null && `#${number}: `}
              {entry && happeningText(entry, desk.technician.id, desk.labels)}
              {mail && mailText(mail)}
            </span>
            <Time at={time} />
          </li>
        ))}
      </ol>
      <Lookers desk={desk} />
      <div class="history-actions">
        {!all.value && newest.length > SHOWN && (
          <Button
            kind="quiet"
            onClick={() => {
              all.value = true;
            }}
          >
            {t("console-history-all", { count: newest.length })}
          </Button>
        )}
        <Button icon={History} aria-haspopup="dialog" onClick={() => open("travel")}>
          {t("console-travel")}
        </Button>
      </div>
      <Dialog
        title={t("console-travel-title", { number: String(item.number) })}
        open={opened.value === "travel"}
        class="travel"
        onClose={close}
      >
        <Travel desk={desk} item={item} entries={entries} />
      </Dialog>
    </section>
  );
}

/** The newest first; what happened to merged cases stands behind it, and finds its place by its time. */
function eventsOf(desk: Desk): readonly Dated[] {
  const own = withoutEchoes(desk.timeline.entries.value)
    .toReversed()
    .map((entry) => ({ entry, number: null }));
  const cases = desk.store.cases.value;
  const merged = [...desk.linkedTimelines.entries.value].flatMap(([id, entries]) =>
    withoutEchoes(entries)
      .toReversed()
      .map((entry) => ({ entry, number: cases.get(id)?.number ?? null })),
  );
  return [...own, ...merged];
}

/** A slider over everything that happened: beside it the case as it was right then. */
function Travel({ desk, item, entries }: HistoryProps & { entries: readonly TimelineEntry[] }) {
  // The newest, until the slider was moved: what happens meanwhile is followed.
  const moved = useSignal<number | null>(null);
  const last = entries.length - 1;
  const at = Math.min(moved.value ?? last, last);
  const entry = entries[at];
  const past = usePast(desk, item.id, entry?.version);
  if (!entry) return <p>{t("console-history-none")}</p>;
  return (
    <>
      <input
        type="range"
        class="travel-slider"
        min={0}
        max={last}
        value={at}
        aria-label={t("console-travel-moment")}
        aria-valuetext={formatFull(entry.time)}
        onInput={(event) => {
          const to = Number(event.currentTarget.value);
          moved.value = to === last ? null : to;
        }}
      />
      <p class="travel-moment" aria-live="polite">
        <strong>{formatFull(entry.time)}</strong>
        <span>{happeningText(entry, desk.technician.id, desk.labels)}</span>
      </p>
      {past ? <PastFacts desk={desk} past={past} /> : <Skeleton width="60%" height="120px" />}
    </>
  );
}

function usePast(desk: Desk, id: string, version: number | undefined): Case | null {
  const past = useSignal<Case | null>(null);
  useEffect(() => {
    if (version === undefined) return;
    let current = true;
    desk.backend.past(id, version).then(
      (found) => {
        if (current) past.value = found;
      },
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [desk, id, version, past]);
  return past.value;
}

function PastFacts({ desk, past }: { desk: Desk; past: Case }) {
  const facts: [string, preact.ComponentChildren][] = [
    ["console-status", t(`console-state-${past.state}`)],
    ["console-assignee", past.assignee?.name || t("console-nobody")],
    ["console-customer", customerName(past)],
    ["console-email", past.customer.email || t("console-email-none")],
    ["console-priority", <Priority key="p" of={past.priority} />],
  ];
  if (past.title) facts.push(["console-title", past.title]);
  if (past.state === "snoozed") facts.push(["console-snoozed", snoozedText(past)]);
  const labels = desk.labels.of(past.labels);
  if (labels.length > 0)
    facts.push([
      "console-labels",
      labels.map((label) => <LabelChip key={label.id} label={label} />),
    ]);
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t("console-problem")}</dt>
        <dd class="problem-text">{past.problem.map(({ text }) => text).join("\n")}</dd>
      </div>
    </dl>
  );
}
