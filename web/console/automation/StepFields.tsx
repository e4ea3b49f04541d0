import { t } from "../../shared/i18n";
import { formatRoute } from "../route";
import { SNOOZES, snoozeText } from "../snoozing";
import { ZONE } from "../zone";
import { Chips } from "./Chips";
import { Picker } from "./Picker";
import { kindOfStep, type Step, VALUES } from "./vocabulary";
import type { Names } from "./words";

interface StepFieldsProps {
  step: Step;
  names: Names;
  invalid: boolean;
  onChange: (step: Step) => void;
}

const QUEUE = "queue";

/** What an action asks for besides its kind; nothing for many. */
export function StepFields({ step, names, invalid, onChange }: StepFieldsProps) {
  switch (step.do) {
    case "label":
      return <LabelField step={step} {...{ names, invalid, onChange }} />;
    case "priority":
      return (
        <Picker
          label={t("console-priority")}
          value={step.priority}
          options={(VALUES.priority ?? []).map((value) => ({
            value,
            label: t(`console-priority-${value}`),
          }))}
          onChange={(value) =>
            onChange({ do: "priority", priority: value as typeof step.priority })
          }
        />
      );
    case "transfer":
      return (
        <Picker
          label={t("automation-technician")}
          value={step.to ?? QUEUE}
          options={[
            { value: QUEUE, label: t("automation-queue") },
            ...names.technicians.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(to) => onChange({ ...step, to: to === QUEUE ? null : to })}
        />
      );
    case "snooze":
      return (
        <Picker
          label={t("console-snooze-until")}
          value={step.until}
          options={SNOOZES.map((value) => ({ value, label: snoozeText(value) }))}
          onChange={(until) =>
            onChange({ do: "snooze", until: until as typeof step.until, time_zone: ZONE })
          }
        />
      );
    case "title":
      return (
        <input
          class="input"
          aria-label={t("console-title")}
          placeholder={t("console-title")}
          maxLength={200}
          value={step.title}
          onInput={(event) => onChange({ do: "title", title: event.currentTarget.value })}
        />
      );
    case "note":
      return (
        <textarea
          class="input input-area step-note"
          aria-label={t("console-note")}
          aria-invalid={invalid}
          rows={3}
          maxLength={10_000}
          value={step.text}
          onInput={(event) => onChange({ ...step, text: event.currentTarget.value })}
        />
      );
    default:
      return null;
  }
}

type LabelStep = Extract<Step, { do?: "label" }>;

function LabelField(props: Omit<StepFieldsProps, "step"> & { step: LabelStep }) {
  const { step, names, invalid, onChange } = props;
  const removes = kindOfStep(step) === "label-remove";
  const chosen = (removes ? step.remove : step.add) ?? [];
  const set = (ids: string[]) =>
    onChange(
      removes
        ? { do: "label", add: [], remove: ids.length > 0 ? ids : [""] }
        : { do: "label", add: ids, remove: [] },
    );
  if (names.labels.length === 0 && !chosen.some(Boolean))
    return (
      <p class="step-none">
        {t("automation-no-labels")}{" "}
        {/* In a tab of its own: what stands in this form stays, and the labels come to it as they are made. */}
        <a href={formatRoute({ page: "settings", place: "labels" })} target="_blank">
          {t("settings-label-add")}
        </a>
      </p>
    );
  return (
    <Chips
      label={t("settings-labels")}
      chosen={chosen}
      options={names.labels.map(({ id, title }) => ({ value: id, label: title }))}
      invalid={invalid}
      none={t("automation-gone")}
      onChange={set}
    />
  );
}
