import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface SwitchProps {
  label: string;
  checked: boolean;
  busy: boolean;
  onChange: (checked: boolean) => void;
  /** What it means as it stands. */
  children: ComponentChildren;
}

/** A choice that holds as soon as it is made. */
export function Switch({ label, checked, busy, onChange, children }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <div class="switch-words">
        <label class="switch-label" for={id}>
          {label}
        </label>
        <p class="switch-note" id={`${id}-note`}>
          {children}
        </p>
      </div>
      <input
        type="checkbox"
        role="switch"
        class="switch"
        id={id}
        checked={checked}
        aria-describedby={`${id}-note`}
        aria-busy={busy}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
