import type { IconNode } from "lucide";
import { Icon } from "./Icon";

interface AvatarProps {
  name: string;
  /** For what is nobody. */
  icon?: IconNode | undefined;
}

/** The initials of a name, beside which the name itself always stands. */
export function Avatar({ name, icon }: AvatarProps) {
  return (
    <span class="avatar" aria-hidden="true">
      {icon ? <Icon of={icon} /> : initials(name)}
    </span>
  );
}

/** The first letters of the first and the last word, whole characters of any script. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}
