import { useSignal } from "@preact/signals";
import { Skeleton } from "../../shared/components/Skeleton";
import { t } from "../../shared/i18n";
import { formatFull } from "../../shared/time";
import type { Desk } from "../desk";
import { happeningText } from "../happenings";
import { PastMails } from "../mailing/PastMails";
import { type Case, customerName } from "../model";
import { momentsOf, saidText } from "../past";
import { LabelChip } from "./CaseLabels";
import { Priority, snoozedText } from "./CaseSigns";
import { PastSeen } from "./PastSeen";
import { Unread } from "./Unread";
import { usePast } from "./usePast";

interface TravelProps {
  desk: Desk;
  item: Case;
}

/** A slider over everything that happened and was said: the case as it was right then, and what its customer saw. */
export function Travel({ desk, item }: TravelProps) {
  // The newest, until the slider was moved: what happens meanwhile is followed.
  const moved = useSignal<number | null>(null);
  const said = desk.chats.open.value.get(item.id)?.conversation.entries.value ?? [];
  const moments = momentsOf(desk.timeline.entries.value, said);
  const last = moments.length - 1;
  const at = Math.min(moved.value ?? last, last);
  const moment = moments[at];
  const { past, failure, again } = usePast(desk, item.id, moment);
  if (!moment) return <p>{t("console-history-none")}</p>;
  return (
    <>
      <input
        type="range"
        class="travel-slider"
        min={0}
        max={last}
        value={at}
        aria-label={t("console-travel-moment")}
        aria-valuetext={formatFull(moment.time)}
        onInput={(event) => {
          const to = Number(event.currentTarget.value);
          moved.value = to === last ? null : to;
        }}
      />
      <p class="travel-moment" aria-live="polite">
        <strong>{formatFull(moment.time)}</strong>
        <span>
          {moment.event && happeningText(moment.event, desk.technician.id, desk.labels)}
          {moment.said && saidText(moment.said)}
        </span>
      </p>
      <PastMails
        desk={desk}
        entries={desk.timeline.entries.value.filter(
          ({ time, version }) =>
            time < moment.time || (time === moment.time && version <= (moment.event?.version ?? 0)),
        )}
      />
      {failure !== null && <Unread error={failure} onRetry={again} />}
      <div class="travel-views" hidden={failure !== null}>
        <section aria-label={t("console-travel-case")}>
          <h3 class="details-heading">{t("console-travel-case")}</h3>
          {past ? (
            <PastFacts desk={desk} past={past.case} />
          ) : (
            <Skeleton width="60%" height="120px" />
          )}
        </section>
        <section aria-label={t("console-saw")}>
          <h3 class="details-heading">{t("console-saw")}</h3>
          {past ? (
            <PastSeen past={past} first={desk.timeline.entries.value[0]} />
          ) : (
            <Skeleton width="60%" height="120px" />
          )}
        </section>
      </div>
    </>
  );
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
