import { CircleAlert } from "lucide";
import type { TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

interface FieldProps {
  label: string;
  name: string;
  type?: "text" | "email" | "password";
  autocomplete?: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** With `onInput` the caller holds the text; without, the form does. */
  value?: string;
  onInput?: (event: TargetedInputEvent<HTMLInputElement>) => void;
}

/** A labelled input with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, type = "text", ...rest }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        {...rest}
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- JSX knows each type of input by itself, never a choice of them
        type={type as "text"}
        class="input"
        id={id}
        aria-required="true"
        aria-invalid={error ? "true" : "false"}
        {...(described ? { "aria-describedby": described } : {})}
      />
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon of={CircleAlert} />
          {error}
        </p>
      )}
    </div>
  );
}
