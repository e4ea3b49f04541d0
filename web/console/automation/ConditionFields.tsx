import { t } from "../../shared/i18n";
import { Chips } from "./Chips";
import { type Condition, MOST_MINUTES, VALUES, valuesOf } from "./vocabulary";
import { type Names, valueText } from "./words";

interface ConditionFieldsProps {
  condition: Condition;
  names: Names;
  invalid: boolean;
  onChange: (condition: Condition) => void;
}

const LANGUAGES = ["en", "es", "de", "fr", "it", "pt", "nl", "pl"] as const;

/** What a condition compares with: words, a number, or some of a few. */
export function ConditionFields(props: ConditionFieldsProps) {
  const { condition, invalid, onChange } = props;
  if (condition.what === "flagged") return null;
  if ("minutes" in condition)
    return (
      <NumberOf
        label={t("rule-minutes")}
        value={condition.minutes}
        most={MOST_MINUTES}
        invalid={invalid}
        onChange={(minutes) => onChange({ ...condition, minutes })}
      />
    );
  if ("most" in condition)
    return (
      <NumberOf
        label={t("rule-stars")}
        value={condition.most}
        most={5}
        invalid={invalid}
        onChange={(most) => onChange({ ...condition, most })}
      />
    );
  if (condition.what === "text" || condition.what === "email") return <Phrases {...props} />;
  return <Choices {...props} />;
}

interface NumberProps {
  label: string;
  value: number;
  most: number;
  invalid: boolean;
  onChange: (value: number) => void;
}

/** A number with what it counts behind it. */
export function NumberOf({ label, value, most, invalid, onChange }: NumberProps) {
  return (
    <label class="number-of">
      <input
        class="input"
        type="number"
        min={1}
        max={most}
        required
        aria-invalid={invalid}
        value={value || ""}
        onInput={(event) => onChange(Math.trunc(Number(event.currentTarget.value)))}
      />
      <span>{label}</span>
    </label>
  );
}

/** Any of several, each a word or a few, with commas between. */
function Phrases({ condition, invalid, onChange }: ConditionFieldsProps) {
  const label = t(`rule-phrases-${condition.what}`);
  return (
    <input
      class="input"
      aria-label={label}
      aria-invalid={invalid}
      placeholder={label}
      maxLength={2000}
      value={valuesOf(condition).join(", ")}
      onChange={(event) => {
        const phrases = event.currentTarget.value.split(",").map((phrase) => phrase.trim());
        onChange({ ...condition, values: phrases.filter(Boolean) } as Condition);
      }}
    />
  );
}

function Choices({ condition, names, invalid, onChange }: ConditionFieldsProps) {
  const { what } = condition;
  return (
    <Chips
      label={t(`condition-kind-${what}`)}
      chosen={valuesOf(condition)}
      options={namesOf(what, names).map((value) => ({
        value,
        label: valueText(what, value, names),
      }))}
      invalid={invalid}
      none={t("automation-gone")}
      onChange={(values) => onChange({ ...condition, values } as Condition)}
    />
  );
}

function namesOf(what: string, names: Names): readonly string[] {
  switch (what) {
    case "label":
      return names.labels.map(({ id }) => id);
    case "portal":
      return names.portals.map(({ id }) => id);
    case "assignee":
      return ["nobody", "anybody", ...names.technicians.map(({ id }) => id)];
    case "language":
      return LANGUAGES;
    default:
      return VALUES[what as keyof typeof VALUES] ?? [];
  }
}
