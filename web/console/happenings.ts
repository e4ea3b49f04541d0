/** What happened to a case, in the words of whoever reads it. */
import { t } from "../shared/i18n";
import { formatFull } from "../shared/time";
import type { TimelineEntry } from "../shared/generated/rest";
import type { Entry } from "../shared/wire";
import { didText, whyText } from "./automation/words";
import { changedText } from "./changed";
import type { Labels } from "./labels";
import { promised } from "./sla";
import { routedText } from "./routing";

/** What the conversation's own log tells already, where there is a conversation. */
const IN_THE_LOG: ReadonlySet<string> = new Set([
  "case.assigned",
  "case.transferred",
  "case.resolved",
  "case.reopened",
  "case.chat_ended",
  "case.requested",
  "case.contact_changed",
]);
/** What the messages say by themselves. */
const SAID: ReadonlySet<string> = new Set([
  "case.opened",
  "case.described",
  "case.heard",
  "case.answered",
]);
const KNOWN: ReadonlySet<string> = new Set([
  "opened",
  "described",
  "heard",
  "answered",
  "assigned",
  "transferred",
  "queued",
  "resolved",
  "reopened",
  "chat-ended",
  "requested",
  "contact-changed",
  "ready",
  "pending",
  "snoozed",
  "snoozed-until",
  "snoozed-reply",
  "woken",
  "labelled",
  "edited",
  "noted",
  "mailed",
  "followed-up",
  "restored",
  "restored-marks",
  "sla-warned",
  "sla-breached",
  "sla-changed",
  "survey-answered",
  "contact-linked",
  "merged",
  "unmerged",
  "absorbed",
  "released",
  "split",
]);

/** What says of a macro or a rule all that it did. */
const SUMMARIES: ReadonlySet<string> = new Set(["case.macro_applied", "case.ruled"]);
const DID_BY: ReadonlySet<string> = new Set([...SUMMARIES, "case.noted"]);
const MAIL_STATES: ReadonlySet<unknown> = new Set(["waiting", "accepted", "failed", "unknown"]);

/** Whether it stands between the messages, for technicians alone. */
export function standsBetween(entry: TimelineEntry, hasChat: boolean): boolean {
  // The log says only that the case waits again, and customers need not know why.
  if (isLeft(entry)) return true;
  // The mail itself says what became of it; that it came back is news at its own time.
  if (entry.type === "case.follow_up_changed") return entry.tells.state === "failed";
  // What a macro or a rule did is said once; a note of theirs is to be read all the same.
  if (entry.through && !DID_BY.has(entry.type)) return false;
  // Who came stands in the log; why it was them stands in the history.
  if (hasChat && entry.type === "case.routed") return entry.tells.technician_id === null;
  return !SAID.has(entry.type) && !(hasChat && IN_THE_LOG.has(entry.type));
}

/** What the desk decided, and that it was done, is one line: the one that says why. */
export function withoutEchoes(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.filter((entry, place) => {
    const before = entries[place - 1];
    const given = before?.type === "case.routed" ? before.tells.technician_id : null;
    return entry.type !== "case.assigned" || !given || entry.tells.technician_id !== given;
  });
}

/**
 * Where it stands: behind the place that it names, and behind what the log tells of earlier changes of the case, which
 * comes there a moment after them.
 */
export function placeOf(entry: TimelineEntry, log: readonly Entry[]): number {
  const told = log.findLast(
    ({ case_version: version }) => version != null && version < entry.version,
  );
  return Math.max(entry.after_seq, told?.seq ?? 0);
}

export function happeningText(entry: TimelineEntry, me: string, labels: Labels): string {
  if (entry.type === "case.routed") return routedText(entry, me);
  if (SUMMARIES.has(entry.type)) return summaryText(entry, me);
  const code = codeOf(entry);
  if (code === "left") return t("console-did-left", { name: fromOf(entry) });
  if (code === "taken") return t("console-activity-taken", { name: actorOf(entry, me) });
  if (code === "follow-up-changed") return t(`console-did-follow-up-${mailStateOf(entry)}`);
  if (code === "labelled") return labelledText(entry, me, labels);
  const words = KNOWN.has(code) ? `console-did-${code}` : "console-did-other";
  return t(words, {
    name: actorOf(entry, me),
    to: toOf(entry, me),
    until: untilOf(entry),
    fields: fieldsOf(entry),
    what: promised(typeof entry.tells.kind === "string" ? entry.tells.kind : ""),
    number: numberOf(entry),
    subject: entry.follow_up?.subject ?? "",
  });
}

/** Who did it: a colleague, oneself, the customer or the desk. */
export function actorOf(entry: TimelineEntry, me: string): string {
  if (entry.person?.id === me) return t("console-you-name", { name: entry.person.name });
  if (entry.through?.kind === "rule") return t("console-rule-name", { name: entry.through.name });
  if (entry.person) return entry.person.name || t("console-somebody");
  return t(entry.by === "customer" ? "console-customer" : "console-the-desk");
}

/** Which macro or rule, what it did, or why it did nothing. */
function summaryText(entry: TimelineEntry, me: string): string {
  const { did } = entry.tells;
  const code = typeof entry.tells.code === "string" ? entry.tells.code : "";
  const said = {
    name: actorOf(entry, me),
    macro: entry.through?.name ?? "",
    did: didText(did),
    why: code ? whyText(code) : "",
  };
  if (entry.type === "case.macro_applied") return t("console-did-macro-applied", said);
  return t(code ? "console-did-ruled-not" : "console-did-ruled", said);
}

function codeOf(entry: TimelineEntry): string {
  const code = entry.type.replace("case.", "").replaceAll("_", "-");
  if (isLeft(entry)) return "left";
  if (code === "assigned" && entry.person?.id === entry.tells.technician_id) return "taken";
  if (code === "transferred" && entry.tells.technician_id === null) return "queued";
  if (code === "restored" && entry.changes.length > 0) return "restored-marks";
  if (code !== "snoozed" || !untilOf(entry)) return code;
  return entry.tells.choice === "reply" ? "snoozed-reply" : "snoozed-until";
}

/** Whether the desk took it from somebody who cannot be reached (X4). */
function isLeft(entry: TimelineEntry): boolean {
  return entry.type === "case.transferred" && entry.tells.reason === "away";
}

function fromOf(entry: TimelineEntry): string {
  const { from_id: id } = entry.tells;
  return entry.people.find((one) => one.id === id)?.name || t("console-somebody");
}

function toOf(entry: TimelineEntry, me: string): string {
  const { technician_id: id } = entry.tells;
  if (id === me) return t("console-you-within");
  return entry.people.find((one) => one.id === id)?.name ?? t("console-somebody");
}

/** The number of the other case, where it tells of one. */
function numberOf({ tells }: TimelineEntry): string {
  const number = tells.target_number ?? tells.source_number ?? tells.into_number;
  return typeof number === "number" ? String(number) : "";
}

function untilOf(entry: TimelineEntry): string {
  return entry.snoozed_until ? formatFull(entry.snoozed_until) : "";
}

function fieldsOf(entry: TimelineEntry): string {
  const changed = changedText(entry);
  if (changed) return changed;
  const { fields } = entry.tells;
  if (!Array.isArray(fields)) return "";
  return fields.map((field) => t(`console-field-${String(field)}`)).join(", ");
}

function mailStateOf({ tells }: TimelineEntry): string {
  return MAIL_STATES.has(tells.state) ? String(tells.state) : "other";
}

function labelledText(entry: TimelineEntry, me: string, labels: Labels): string {
  const named = (ids: unknown) =>
    labels
      .of(Array.isArray(ids) ? ids.map(String) : [])
      .map(({ title }) => title)
      .join(", ");
  const [added, removed] = [named(entry.tells.added), named(entry.tells.removed)];
  const name = actorOf(entry, me);
  if (added && removed) return t("console-did-labelled-both", { name, added, removed });
  return t(added ? "console-did-labelled-added" : "console-did-labelled-removed", {
    name,
    labels: added || removed,
  });
}
