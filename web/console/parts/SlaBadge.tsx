import "../styles/sla.css";
import { CircleAlert, type IconNode, Timer, TriangleAlert } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { formatFull, now } from "../../shared/time";
import type { Case } from "../model";
import { clockText, promised, standingOf, standingText, type Tone } from "../sla";

const SIGNS: Readonly<Record<Tone, IconNode>> = {
  calm: Timer,
  near: CircleAlert,
  late: TriangleAlert,
};

/** In a row: how long until something is due, with a sign of its own for near and for late. */
export function SlaBadge({ item }: { item: Case }) {
  const standing = item.sla?.due_at ? standingOf(item, now.value) : null;
  if (!standing) return null;
  const { tone, time, what, dueAt } = standing;
  return (
    <span
      class="sla-badge"
      data-tone={tone}
      title={t("console-sla-due-at", { what, at: formatFull(dueAt) })}
    >
      <Icon of={SIGNS[tone]} />
      <span aria-hidden="true">{tone === "late" ? t("console-sla-row-late", { time }) : time}</span>
      <span class="visually-hidden">{standingText(standing)}</span>
    </span>
  );
}

/** In the details: every promise, what falls due first on top. */
export function SlaFacts({ item }: { item: Case }) {
  if (!item.sla) return null;
  const at = now.value;
  return (
    <ul class="sla-clocks" aria-label={t("console-sla")}>
      {item.sla.clocks.map((clock) => {
        const standing = clock.due_at ? standingOf({ sla: { ...clock, clocks: [] } }, at) : null;
        return (
          <li
            key={clock.kind}
            class="sla-clock"
            data-tone={standing?.tone ?? (clock.breached_at ? "missed" : "done")}
            title={
              clock.due_at
                ? t("console-sla-due-at", {
                    what: promised(clock.kind),
                    at: formatFull(clock.due_at),
                  })
                : undefined
            }
          >
            {standing && <Icon of={SIGNS[standing.tone]} />}
            {clockText(clock, at)}
          </li>
        );
      })}
    </ul>
  );
}
