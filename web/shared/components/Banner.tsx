import { CircleAlert, CircleCheck, type IconNode, Info, TriangleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./Icon";

type Kind = "info" | "warning" | "error" | "done";

const ICONS: Record<Kind, IconNode> = {
  info: Info,
  warning: TriangleAlert,
  error: CircleAlert,
  done: CircleCheck,
};

interface BannerProps {
  kind?: Kind;
  icon?: IconNode;
  /** The stable code of an error, in small print, for whoever is asked for help. */
  code?: string | undefined;
  action?: ComponentChildren;
  children: ComponentChildren;
}

export function Banner({ kind = "info", icon, code, action, children }: BannerProps) {
  return (
    <div class={`banner banner-${kind}`} role={kind === "error" ? "alert" : "status"}>
      <Icon of={icon ?? ICONS[kind]} />
      <div class="banner-body">
        {children}
        {code && <small class="banner-code">{code}</small>}
      </div>
      {action}
    </div>
  );
}
