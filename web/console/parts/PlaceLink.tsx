import type { ComponentChildren } from "preact";
import { formatRoute, go, type Route } from "../route";

interface PlaceLinkProps {
  to: Partial<Route>;
  class?: string;
  "aria-current"?: "page" | undefined;
  tabIndex?: number;
  children: ComponentChildren;
}

/** A link to another place of the console: followed without a reload, and opened in a tab of its own if that is wanted. */
export function PlaceLink({ to, children, ...rest }: PlaceLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ caseId: null, details: false, ...to });
  };
  return (
    <a {...rest} href={formatRoute(to)} onClick={follow}>
      {children}
    </a>
  );
}
