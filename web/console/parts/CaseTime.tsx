import { t } from "../../shared/i18n";
import { formatDuration, formatFull, now } from "../../shared/time";
import type { Case } from "../model";

/** Milliseconds of a live chat: the wait so far, then the whole chat, frozen at its end. */
export function caseDuration(item: Case, at: number): number {
  return (item.ended_at ? Date.parse(item.ended_at) : at) - Date.parse(item.created_at);
}

/** The only part of a row that renders each second, and only while the chat is live. */
export function CaseTime({ item, class: name }: { item: Case; class: string }) {
  const waiting = item.live && item.state === "unassigned";
  const duration = formatDuration(caseDuration(item, item.ended_at ? 0 : now.value));
  const label = waiting
    ? "console-time-waiting"
    : item.live
      ? "console-time-live"
      : "console-time-ended";
  return (
    <time
      class={name}
      role="timer"
      aria-live="off"
      data-waiting={waiting}
      title={t("console-time-title", { what: t(label), since: formatFull(item.created_at) })}
    >
      <span class="visually-hidden">{t(label)} </span>
      {duration}
    </time>
  );
}
