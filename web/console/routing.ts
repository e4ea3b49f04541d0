/** Why the desk gave a case to somebody by itself, or to nobody (N3), in the words of whoever reads it. */
import { hasText, t } from "../shared/i18n";
import type { TimelineEntry } from "../shared/generated/rest";

interface Weighed {
  technician_id: string;
  verdict: string;
  load: number;
  capacity: number;
}

/** More colleagues than this are said as a number. */
const NAMED = 6;
/** Who could have had it stands before those who could not. */
const ORDER = ["chosen", "later", "at_capacity", "gave_back", "not_available"];

export function routedText(entry: TimelineEntry, me: string): string {
  const { outcome, kind, considered } = entry.tells;
  const weighed = (Array.isArray(considered) ? (considered as Weighed[]) : []).toSorted(
    (one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict),
  );
  const chosen = weighed.find(({ verdict }) => verdict === "chosen");
  const head = chosen
    ? say("assigned", chosen, entry, me)
    : t(known(`console-routed-nobody-${dashed(outcome)}`, "console-routed-nobody"), {
        kind: String(kind),
      });
  const others = weighed.filter((one) => one !== chosen);
  const told = others.slice(0, NAMED).map((one) => say(one.verdict, one, entry, me));
  const left = others.length - told.length;
  if (left > 0) told.push(t("console-routed-more", { count: left }));
  return [head, ...told].join("; ");
}

function say(verdict: string, one: Weighed, entry: TimelineEntry, me: string): string {
  const person = entry.people.find(({ id }) => id === one.technician_id);
  const name = person?.name || t("console-former-technician");
  return t(known(`console-routed-${dashed(verdict)}`, "console-routed-passed"), {
    name: one.technician_id === me ? t("console-name-you", { name }) : name,
    load: one.load,
    capacity: one.capacity,
    kind: String(entry.tells.kind),
  });
}

function dashed(code: unknown): string {
  return String(code).replaceAll("_", "-");
}

/** A newer desk may have reasons that this page has no words for. */
function known(id: string, otherwise: string): string {
  return hasText(id) ? id : otherwise;
}
