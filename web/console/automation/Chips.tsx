import type { Option } from "../settings/parts/fields";

interface ChipsProps {
  label: string;
  chosen: readonly string[];
  options: readonly Option[];
  invalid: boolean;
  /** What stands there where there is nothing to choose from. */
  none: string;
  onChange: (chosen: string[]) => void;
}

/** Any number of a few, in a line. What was chosen once and is no more stands there to be taken off. */
export function Chips({ label, chosen, options, invalid, none, onChange }: ChipsProps) {
  const gone = chosen.filter((id) => id && !options.some(({ value }) => value === id));
  if (options.length + gone.length === 0) return <p class="step-none">{none}</p>;
  const toggle = (value: string, on: boolean) =>
    onChange([...chosen.filter((one) => one && one !== value), ...(on ? [value] : [])]);
  const shown = [...options, ...gone.map((value) => ({ value, label: none }))];
  return (
    <fieldset class="chips">
      <legend class="visually-hidden">{label}</legend>
      {shown.map((option) => (
        <label key={option.value} class="chip-option">
          <input
            type="checkbox"
            aria-invalid={invalid}
            checked={chosen.includes(option.value)}
            onChange={(event) => toggle(option.value, event.currentTarget.checked)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
