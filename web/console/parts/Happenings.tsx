import { Lock } from "lucide";
import { useRef } from "preact/hooks";
import { Icon } from "../../shared/components/Icon";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import type { Aside } from "../../shared/components/grouping";
import { t } from "../../shared/i18n";
import type { FollowUpText, TimelineEntry } from "../../shared/generated/rest";
import type { Entry } from "../../shared/wire";
import type { Desk } from "../desk";
import { actorOf, happeningText, placeOf, standsBetween, withoutEchoes } from "../happenings";
import { usePointed } from "../inbox/usePointed";
import { placeAt } from "../linked";
import { MailCard } from "../mailed/MailCard";
import { FollowUpCard } from "../mailing/FollowUpCard";
import { type Case, wasChat } from "../model";
import { entryOf } from "../notes";
import { RuleRun } from "./RuleRun";

export interface Happening extends Aside {
  entry: TimelineEntry;
}

/** What happened to the case, as it stands between the messages of its conversation; of merged ones the notes. */
export function happeningsOf(desk: Desk, item: Case): readonly Happening[] {
  const here = entriesOf(desk, item);
  const own = withoutEchoes(desk.timeline.entries.value)
    .filter((entry) => standsBetween(entry, wasChat(item)))
    .map((entry) => ({ id: entry.id, after: placeOf(entry, here), time: entry.time, entry }));
  const coming = desk.notes
    .of(item.id, desk.timeline.entries.value)
    .map((note) => entryOf(note, desk.technician, item))
    .map((entry) => ({ id: entry.id, after: entry.after_seq, time: entry.time, entry }));
  return [...own, ...mergedNotes(desk, item), ...coming];
}

function entriesOf(desk: Desk, item: Case): readonly Entry[] {
  return desk.chats.open.value.get(item.id)?.conversation.entries.value ?? [];
}

const COUNTS_EVERYWHERE: ReadonlySet<string> = new Set([
  "case.noted",
  "case.mailed",
  "case.followed_up",
]);

/** A note, and what was mailed either way, counts wherever its case went on. */
function mergedNotes(desk: Desk, item: Case): readonly Happening[] {
  const here = entriesOf(desk, item);
  return [...desk.linkedTimelines.entries.value.values()].flatMap((entries) =>
    entries
      .filter(({ type }) => COUNTS_EVERYWHERE.has(type))
      .map((entry) => ({
        id: entry.id,
        after: placeAt(entry.time, here),
        time: entry.time,
        entry,
      })),
  );
}

export function HappeningRow({ desk, entry }: { desk: Desk; entry: TimelineEntry }) {
  if (entry.type === "case.noted") return <NoteCard desk={desk} entry={entry} />;
  if (entry.type === "case.mailed") return <MailCard desk={desk} entry={entry} />;
  if (entry.follow_up) return <FollowedUp desk={desk} entry={entry} mail={entry.follow_up} />;
  if (entry.type === "case.ruled") return <RuleRun desk={desk} entry={entry} />;
  return (
    <span class="row-line">
      {happeningText(entry, desk.technician.id, desk.labels)} · <Time at={entry.time} as="clock" />
    </span>
  );
}

/** A mail of this case can be written again; one of a merged case stands here to be read. */
function FollowedUp({
  desk,
  entry,
  mail,
}: {
  desk: Desk;
  entry: TimelineEntry;
  mail: FollowUpText;
}) {
  const own = desk.timeline.entries.value;
  if (own.includes(entry))
    return <FollowUpCard {...{ desk, entry, mail }} entries={own} item={desk.selected.value} />;
  const merged = [...desk.linkedTimelines.entries.value.values()];
  const entries = merged.find((known) => known.includes(entry)) ?? [];
  return <FollowUpCard {...{ desk, entry, mail, entries }} />;
}

/** Full width, on paper tone, with a lock: nobody takes it for a reply. */
export function NoteCard({ desk, entry }: { desk: Desk; entry: TimelineEntry }) {
  const card = useRef<HTMLElement>(null);
  usePointed(card, entry.id);
  return (
    <article
      class="note-card"
      aria-label={t("console-note")}
      aria-busy={entry.version === 0}
      tabIndex={-1}
      ref={card}
    >
      <header class="note-head">
        <Icon of={Lock} />
        <span class="note-author">{actorOf(entry, desk.technician.id)}</span>
        <span>{t("console-note")}</span>
        <Time at={entry.time} as="clock" />
      </header>
      <p class="note-text" dir="auto">
        <Text text={entry.note} />
      </p>
    </article>
  );
}
