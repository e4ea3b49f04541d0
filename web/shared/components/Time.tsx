import { formatClock, formatDuration, formatFull, formatRelative, now } from "../time";

interface TimeProps {
  at: string;
  /** `relative` up to a day and then absolute; `clock` the hour and minute alone. */
  as?: "relative" | "clock";
}

/** A moment; the whole date and time is in its tooltip. */
export function Time({ at, as = "relative" }: TimeProps) {
  return (
    <time dateTime={at} title={formatFull(at)}>
      {as === "clock" ? formatClock(at) : formatRelative(at)}
    </time>
  );
}

/** How long it is since a moment, ticking. */
export function Elapsed({ since }: { since: string }) {
  return (
    <time dateTime={since} title={formatFull(since)}>
      {formatDuration(now.value - Date.parse(since))}
    </time>
  );
}
