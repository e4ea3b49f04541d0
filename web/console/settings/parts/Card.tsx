import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface CardProps {
  title: string;
  about?: string;
  children: ComponentChildren;
}

/** A group of settings that belong together. */
export function Card({ title, about, children }: CardProps) {
  const id = useId();
  return (
    <section class="settings-card" aria-labelledby={id}>
      <div class="settings-card-head">
        <h3 class="settings-heading" id={id}>
          {title}
        </h3>
        {about && <p class="settings-note">{about}</p>}
      </div>
      {children}
    </section>
  );
}
