import type { Option } from "../settings/parts/fields";

interface PickerProps {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** A word of the sentence that can be another one; its label is for those who do not see the sentence. */
export function Picker({ label, value, options, onChange }: PickerProps) {
  const known = options.some((option) => option.value === value);
  return (
    <select
      class="input select picker"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {!known && <option value={value}>–</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
