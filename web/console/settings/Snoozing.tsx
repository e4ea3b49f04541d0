import "../styles/service-levels.css";
import "../styles/snoozing.css";
import { useEffect, useMemo } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { PageProps } from "../pages";
import { formatWeekday, SnoozeCalls, snoozeTimes } from "../snoozing";
import { Draft } from "./draft";
import { Card } from "./parts/Card";
import { SavedForm } from "./parts/Editor";
import { Choice, SelectField } from "./parts/fields";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { CardSkeleton } from "./parts/Skeletons";
import { SnoozeTrial } from "./SnoozeTrialPart";
import { bodyOf, check, formOf, type SnoozeForm } from "./snoozeTrial";

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;

/** What tomorrow and next week mean where a case is put off, and how long it waits for a reply (S36). */
export default function Snoozing({ desk }: PageProps) {
  const source = useMemo(() => new SnoozeCalls(desk.token), [desk]);
  const draft = useSignal<Draft<SnoozeForm> | null>(null);
  const failure = useSignal<unknown>(null);
  const load = async () => {
    try {
      draft.value = new Draft(formOf(await source.read()), check);
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  };
  // eslint-disable-next-line react-hooks/exhaustive-deps -- what is typed stays until one comes back
  useEffect(() => void load(), [source]);
  const save = async (values: SnoozeForm) => {
    snoozeTimes.value = await source.save(bodyOf(values));
  };
  const form = draft.value;
  return (
    <>
      <SectionHead title={t("settings-snoozing")} about={t("settings-snoozing-about")} />
      {failure.value !== null && <Unread error={failure.value} onRetry={() => void load()} />}
      {!form && failure.value === null && <CardSkeleton />}
      {form && (
        <>
          <SavedForm draft={form} onSave={save}>
            <Days draft={form} />
            <Reply draft={form} />
          </SavedForm>
          <Card title={t("sla-trial-title")} about={t("snooze-trial-about")}>
            <SnoozeTrial draft={form} token={desk.token} />
          </Card>
        </>
      )}
    </>
  );
}

function Days({ draft }: { draft: Draft<SnoozeForm> }) {
  return (
    <Card title={t("snooze-days")} about={t("snooze-days-about")}>
      <div class="snooze-fields">
        <Field
          // The browser's own clock, in the viewer's way of writing it.
          type={"time" as "text"}
          label={t("snooze-morning")}
          {...draft.text("morning")}
        />
        <SelectField
          label={t("snooze-weekday")}
          value={draft.values.value.weekday}
          options={DAYS.map((day) => ({ value: String(day), label: formatWeekday(day) }))}
          onChange={(value) => draft.set("weekday", value)}
          {...draft.choice("weekday")}
        />
      </div>
    </Card>
  );
}

function Reply({ draft }: { draft: Draft<SnoozeForm> }) {
  const { limited } = draft.values.value;
  return (
    <Card title={t("snooze-reply")} about={t("snooze-reply-about")}>
      <div class="snooze-fields">
        <Choice
          label={t("snooze-limit")}
          name="limited"
          value={limited ? "days" : "ever"}
          options={[
            { value: "ever", label: t("snooze-limit-ever") },
            { value: "days", label: t("snooze-limit-days") },
          ]}
          onChange={(value) => draft.set("limited", value === "days")}
        />
        {limited && <Field label={t("snooze-reply-days")} type="number" {...draft.text("days")} />}
      </div>
    </Card>
  );
}
