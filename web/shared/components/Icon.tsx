import type { IconNode } from "lucide";
import { h } from "preact";

interface IconProps {
  /** An icon imported by name from `lucide`, so that only used ones are shipped. */
  of: IconNode;
  /** Only for an icon that stands alone and says something; others are decoration. */
  label?: string;
}

export function Icon({ of: shapes, label }: IconProps) {
  const drawing = shapes.map(([tag, attributes]) => h(tag as "path", attributes));
  return label ? (
    <svg class="icon" viewBox="0 0 24 24" role="img" aria-label={label}>
      {drawing}
    </svg>
  ) : (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      {drawing}
    </svg>
  );
}
