import { useSignal } from "@preact/signals";
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
  if (condition.what === "flagged" || condition.what === "office_open") return null;
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
  const values = valuesOf(condition).join();
  const typed = useSignal(valuesOf(condition).join(", "));
  // What is typed stays as it is typed, its last comma too, for as long as it says the same.
  const shown = phrasesIn(typed.value).join() === values ? typed.value : values;
  return (
    <input
      class="input"
      aria-label={label}
      aria-invalid={invalid}
      placeholder={label}
      maxLength={2000}
      value={shown}
      onInput={(event) => {
        typed.value = event.currentTarget.value;
        onChange({ ...condition, values: phrasesIn(typed.value) } as Condition);
      }}
    />
  );
}

function phrasesIn(text: string): string[] {
  const phrases = text.split(",").map((phrase) => phrase.trim());
  return phrases.filter(Boolean);
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
