import type { ComponentChildren } from "preact";
import { Icon } from "../shared/components/Icon";

interface NoticeProps {
  icon: Parameters<typeof Icon>[0]["of"];
  title: string;
  text: string;
  children?: ComponentChildren;
}

/** What a page has to say when it cannot show what it is for. */
export function Notice({ icon, title, text, children }: NoticeProps) {
  return (
    <div class="notice" role="status">
      <span class="notice-icon">
        <Icon of={icon} />
      </span>
      <h1>{title}</h1>
      <p>{text}</p>
      {children}
    </div>
  );
}
