import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes } from "preact";
import { Icon } from "./Icon";

interface ButtonProps extends Omit<ButtonHTMLAttributes, "class" | "icon" | "size"> {
  kind?: "primary" | "secondary" | "danger" | "quiet";
  size?: "medium" | "large";
  icon?: IconNode;
  /** Something is under way: a second press does nothing, and the focus stays where it is. */
  busy?: boolean;
  class?: string;
}

export function Button(props: ButtonProps) {
  const { kind = "secondary", size = "medium", icon, busy = false, children, ...rest } = props;
  const large = size === "large" ? " button-large" : "";
  return (
    <button
      type="button"
      {...rest}
      class={`button button-${kind}${large} ${rest.class ?? ""}`}
      aria-busy={busy}
      aria-disabled={busy || rest.disabled}
      // Also stops the submission of a form, which a press of Enter would start.
      onClick={(event) => (busy ? event.preventDefault() : rest.onClick?.(event))}
    >
      {icon && <Icon of={icon} />}
      <span class="button-label">{children}</span>
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes, "class" | "icon"> {
  icon: IconNode;
  label: string;
  class?: string;
}

/** A button that is only an icon; its name stands in a tooltip and for screen readers. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`button button-icon ${rest.class ?? ""}`}
      aria-label={label}
      title={label}
    >
      <Icon of={icon} />
    </button>
  );
}
