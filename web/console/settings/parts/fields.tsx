import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import {
  described,
  FieldNotes,
  Labelled,
  type LabelledProps,
} from "../../../shared/components/Field";

export interface Option {
  value: string;
  label: string;
  /** For the name of a language in that language. */
  lang?: string;
  /** What it looks like, such as a colour; only where all options are in sight. */
  sign?: ComponentChildren;
}

interface ChoosingProps extends LabelledProps {
  name: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** One of many, in the browser's own list. */
export function SelectField({ name, value, options, onChange, ...labels }: ChoosingProps) {
  const id = useId();
  return (
    <Labelled id={id} {...labels}>
      <select
        class="input select"
        id={id}
        name={name}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        {...described(id, labels)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** One of a few, all of them in sight. */
export function Choice({ name, value, options, onChange, ...labels }: ChoosingProps) {
  const id = useId();
  return (
    <fieldset class="field choice-set" {...described(id, labels)}>
      <legend class="field-label">{labels.label}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              name={`${id}-${name}`}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.sign}
              {option.label}
            </span>
          </label>
        ))}
      </div>
      <FieldNotes id={id} {...labels} />
    </fieldset>
  );
}

interface ManyProps extends LabelledProps {
  name: string;
  chosen: readonly string[];
  options: readonly Option[];
  onChange: (chosen: string[]) => void;
}

/** Any number of a few. */
export function ManyField({ name, chosen, options, onChange, ...labels }: ManyProps) {
  const id = useId();
  const toggle = (value: string, on: boolean) =>
    onChange(
      options.map((one) => one.value).filter((one) => (one === value ? on : chosen.includes(one))),
    );
  return (
    <fieldset class="field choice-set" {...described(id, labels)}>
      <legend class="field-label">{labels.label}</legend>
      <div class="many-options">
        {options.map((option) => (
          <label key={option.value} class="many-option">
            <input
              type="checkbox"
              name={`${id}-${name}`}
              checked={chosen.includes(option.value)}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <FieldNotes id={id} {...labels} />
    </fieldset>
  );
}
