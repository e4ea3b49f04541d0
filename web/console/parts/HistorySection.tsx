import { useSignal } from "@preact/signals";
import { History } from "lucide";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { MailView } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { happeningText, withoutEchoes } from "../happenings";
import { close, open, opened } from "../opened";
import { type Dated, historyOf, mailText } from "../past";
import type { Case } from "../model";
import { Lookers } from "./Lookers";
import { Travel } from "./Travel";
import { Unread } from "./Unread";

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
  // What technicians wrote, and what became of it, are events of the case themselves.
  const byItself = mails.filter(({ kind }) => kind !== "follow_up");
  const newest = historyOf(eventsOf(desk), byItself);
  return (
    <section aria-label={t("console-history")}>
      <h3 class="details-heading">{t("console-history")}</h3>
      {failure !== null && entries.length === 0 && (
        <Unread error={failure} asked onRetry={() => desk.timeline.retry(item)} />
      )}
      <ol class="history">
        {(all.value ? newest : newest.slice(0, SHOWN)).map(({ id, time, entry, number, mail }) => (
          <li key={id}>
            <span>
              {number != null && `#${number}: `}
              {entry && happeningText(entry, desk.technician.id, desk.labels)}
              {mail && mailText(mail, desk.technician.id)}
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
        actions={<Button onClick={close}>{t("close")}</Button>}
      >
        <Travel desk={desk} item={item} />
      </Dialog>
    </section>
  );
}

/** The newest first; what happened to merged cases stands behind it, and finds its place by its time. */
function eventsOf(desk: Desk): readonly Dated[] {
  const own = withoutEchoes(desk.timeline.entries.value)
    .toReversed()
    .map((entry) => ({ entry, number: null }));
  const merged = [...desk.linkedTimelines.entries.value].flatMap(([id, entries]) =>
    withoutEchoes(entries)
      .toReversed()
      .map((entry) => ({ entry, number: numberOf(desk, id) })),
  );
  return [...own, ...merged];
}

function numberOf(desk: Desk, id: string): number | null {
  return desk.linked.value.find((one) => one.id === id)?.number ?? null;
}
