import { CircleAlert } from "lucide";
import type { ComponentChildren, TargetedInputEvent } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./Icon";

export interface LabelledProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

interface FieldProps extends LabelledProps {
  name: string;
  type?: "text" | "email" | "password" | "url" | "tel" | "number" | "search";
  autocomplete?: string;
  placeholder?: string;
  /** Whether it may not stay empty: said to screen readers, judged by the form. */
  required?: boolean;
  /** With `onInput` the caller holds the text; without, the form does. */
  value?: string;
  onInput?: (event: TargetedInputEvent<HTMLInputElement>) => void;
}

/** A labelled input with its hint and its error, tied together for screen readers. */
export function Field({ type = "text", required = true, ...props }: FieldProps) {
  const { label, hint, error, ...rest } = props;
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <input
        {...rest}
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-assertion -- JSX knows each type of input by itself, never a choice of them
        type={type as "text"}
        class="input"
        id={id}
        aria-required={required}
        {...described(id, props)}
      />
    </Labelled>
  );
}

interface TextAreaProps extends LabelledProps {
  name: string;
  rows?: number;
  required?: boolean;
  value: string;
  onInput: (event: TargetedInputEvent<HTMLTextAreaElement>) => void;
}

/** The same for several lines; it grows with what is typed, where the browser can do that. */
export function TextArea({ required = true, rows = 4, ...props }: TextAreaProps) {
  const { label, hint, error, ...rest } = props;
  const id = useId();
  return (
    <Labelled id={id} {...{ label, hint, error }}>
      <textarea
        {...rest}
        rows={rows}
        class="input input-area"
        id={id}
        aria-required={required}
        {...described(id, props)}
      />
    </Labelled>
  );
}

/** What ties an input to its hint and its error. */
export function described(id: string, { hint, error }: Partial<LabelledProps>) {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-invalid": Boolean(error), ...(by ? { "aria-describedby": by } : {}) };
}

interface FrameProps extends LabelledProps {
  id: string;
  children: ComponentChildren;
}

export function Labelled({ id, label, hint, error, children }: FrameProps) {
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  );
}

/** What stands below a field: what it is for, and what is wrong with it. */
export function FieldNotes({ id, hint, error }: Omit<LabelledProps, "label"> & { id: string }) {
  return (
    <>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} text={error} />
    </>
  );
}

interface FieldErrorProps {
  id?: string;
  /** Nothing is drawn without. */
  text: string | undefined;
  /** Said at once, where no field is tied to it. */
  aloud?: boolean;
}

export function FieldError({ id, text, aloud = false }: FieldErrorProps) {
  if (!text) return null;
  return (
    <p class="field-error" id={id} role={aloud ? "alert" : undefined}>
      <Icon of={CircleAlert} />
      {text}
    </p>
  );
}
