/** Private notes on their way: shown at once where they will stand, and gone again when they could not be kept. */
import { signal } from "@preact/signals";
import type { TimelineEntry } from "../shared/generated/rest";
import type { Case, Person } from "./model";

export interface NoteOnItsWay {
  /** The same on every try, so that it is written once. */
  id: string;
  caseId: string;
  text: string;
  mentions: readonly string[];
  /** The version of the case that it was written at: the note comes behind it. */
  after: number;
  time: string;
  /** The version of the case that has it, once the server has said so. */
  kept: number | null;
}

/** What is known of a note before it is sent. */
export type NewNote = Omit<NoteOnItsWay, "time" | "kept">;

export interface NoteSource {
  note(id: string, clientId: string, text: string, mentions: readonly string[]): Promise<Case>;
}

export class Notes {
  private readonly all = signal<readonly NoteOnItsWay[]>([]);

  constructor(
    private readonly source: NoteSource,
    /** Told of the case as it is with the note. */
    private readonly settled: (item: Case) => void,
  ) {}

  /** Throws what the server said when it did not take the note; it is shown no more then. */
  async add(wanted: NewNote): Promise<void> {
    const note = { ...wanted, time: new Date().toISOString(), kept: null };
    this.put(note);
    try {
      const item = await this.source.note(note.caseId, note.id, note.text, note.mentions);
      this.put({ ...note, kept: item.version });
      this.settled(item);
    } catch (error) {
      this.all.value = this.all.peek().filter(({ id }) => id !== note.id);
      throw error;
    }
  }

  /** Those of a case that its timeline does not tell yet. */
  of(caseId: string, told: readonly TimelineEntry[]): readonly NoteOnItsWay[] {
    const isTold = ({ after, text, kept }: NoteOnItsWay) =>
      told.some(
        ({ type, version, note }) =>
          type === "case.noted" && version > after && (note === text || version === kept),
      );
    return this.all.value.filter((note) => note.caseId === caseId && !isTold(note));
  }

  private put(note: NoteOnItsWay): void {
    // What has been told meanwhile need not be remembered.
    const others = this.all.peek().filter(({ id, kept }) => id !== note.id && kept === null);
    this.all.value = [...others, note];
  }
}

/** A note as the timeline will tell it; version 0 says that it is on its way. */
export function entryOf(note: NoteOnItsWay, me: Person, { state, assignee }: Case): TimelineEntry {
  return {
    id: note.id,
    version: 0,
    type: "case.noted",
    time: note.time,
    by: "technician",
    via: "console",
    person: me,
    after_seq: Number.MAX_SAFE_INTEGER,
    state,
    assignee,
    snoozed_until: null,
    tells: {},
    people: [],
    note: note.text,
    mail: null,
    through: null,
    changes: [],
  };
}
