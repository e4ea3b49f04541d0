"""What the log of a conversation means. The one rule, shared by relay, store and transcripts.

The log is read at least once and a message may be written to it more than once, so:

- an id counts at its first position; the same again is nothing new;
- the same id with another body, which only a faulty or hostile client can cause, is retracted
  visibly at the position where it was found;
- the first `opened` opens and the first `ended` ends the conversation, later ones say nothing new;
- a message that is deleted behind it has no text any more, and says who deleted it; the first deletion counts,
  and what comes again of a deleted message is nothing new;
- a message behind the end is late: flagged and shown, never dropped; what the bot says and the address
  that it is given are shown wherever they stand.

Everything is decided by positions, never by time or by the order of arrival.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chassis.ids import derived_id
from contracts.chat import (
    ActivityNoted,
    Author,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)

_ARRIVALS: Final = frozenset({"joined", "taken"})


@dataclass(frozen=True, slots=True)
class Deletion:
    """Who deleted a message, when, and where that stands in the log."""

    seq: int
    by: Author
    time: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of the view. With `retracts` it stands for a contradicting copy of that message."""

    id: str
    seq: int
    entry: ConversationEntry
    late: bool = False
    retracts: str | None = None
    deleted: Deletion | None = None
    """Whoever shows it leaves out its text."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a conversation was opened and where it ended: what every entry's showing depends on."""

    opened_seq: int | None = None
    ended_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What is remembered of an entry to recognise it when it comes again."""

    seq: int
    body: int | None
    """Its fingerprint; absent while only the store knows the body."""


class BodyUnknown(LookupError):
    """Whether this is a resend or a contradiction depends on a body that must be learned first."""


class Fold:
    """The state of one conversation, from its entries in the order of the log.

    Entries may come again from any earlier position. `restore` begins with what a store holds,
    which may reach beyond the position from which the log is then read.
    """

    __slots__ = ("bounds", "deletions", "joined", "marks")

    def __init__(self, bounds: Bounds = Bounds()) -> None:
        self.bounds = bounds
        self.marks: dict[str, Mark] = {}
        self.deletions: dict[str, Deletion] = {}
        """By the message that was deleted."""
        self.joined: set[str] = set()
        """The technicians whom the customer has met: who joined, took the case, or wrote."""

    @classmethod
    def restore(
        cls,
        bounds: Bounds,
        positions: Iterable[tuple[str, int]],
        joined: Iterable[str],
        deletions: Mapping[str, Deletion] = {},
    ) -> "Fold":
        """The fold of what a store holds, from each entry's id and position."""
        fold = cls(bounds)
        fold.deletions.update(deletions)
        fold.marks.update((entry_id, Mark(seq, None)) for entry_id, seq in positions)
        fold.joined.update(joined)
        return fold

    @property
    def ended(self) -> bool:
        """Whether the live conversation is over."""
        return self.bounds.ended_seq is not None

    def learn(self, entry_id: str, body: int) -> None:
        """Take note of a body that only the store knew."""
        self.marks[entry_id] = Mark(self.marks[entry_id].seq, body)

    def apply(self, seq: int, entry: ConversationEntry) -> Shown | None:
        """The entry as the view has it, or None when it says nothing new; raises BodyUnknown."""
        known = self.marks.get(entry.id)
        if known is not None and known.seq != seq:
            return self._again(seq, entry, known)
        # Noted anew even if the mark is there: a store that was read while it was being written
        # may have had the entry, but not yet what it says of its conversation.
        self._note(seq, entry)
        return shown(seq, entry, self.bounds, self.deletions.get(entry.id))

    def _note(self, seq: int, entry: ConversationEntry) -> None:
        self.marks[entry.id] = Mark(seq, fingerprint(entry))
        self.bounds = moved(self.bounds, seq, entry)
        self.joined.update(technicians_of(entry))
        if isinstance(entry, MessageDeleted) and self._deletes(seq, entry.message_id):
            self.deletions[entry.message_id] = Deletion(seq, entry.author, entry.time)

    def _deletes(self, seq: int, message_id: str) -> bool:
        """Whether a deletion at `seq` is the first one, of a message that stands before it."""
        known, first = self.marks.get(message_id), self.deletions.get(message_id)
        return known is not None and known.seq < seq and (first is None or seq < first.seq)

    def _again(self, seq: int, entry: ConversationEntry, known: Mark) -> Shown | None:
        retraction = retraction_of(seq, entry)
        if entry.id in self.deletions and retraction.id not in self.marks:
            # Nobody can compare it any more, and a deleted message is not to come back by being sent again.
            # What was found before the deletion is known by its own mark.
            return None
        if known.body is None and retraction.id not in self.marks:
            raise BodyUnknown(entry.id)
        if known.body == fingerprint(entry):
            return None
        self.marks[retraction.id] = Mark(seq, None)
        return retraction


def moved(bounds: Bounds, seq: int, entry: ConversationEntry) -> Bounds:
    """The bounds after an entry at the first position of its id."""
    if isinstance(entry, ConversationOpened):
        return Bounds(_first(bounds.opened_seq, seq), bounds.ended_seq)
    if isinstance(entry, ConversationEnded):
        return Bounds(bounds.opened_seq, _first(bounds.ended_seq, seq))
    return bounds


def _first(known: int | None, seq: int) -> int:
    return seq if known is None else min(known, seq)


def shown(
    seq: int, entry: ConversationEntry, bounds: Bounds, deletion: Deletion | None = None
) -> Shown | None:
    """An entry at the first position of its id, in a conversation with these bounds."""
    if isinstance(entry, ConversationOpened) and seq != bounds.opened_seq:
        return None
    if isinstance(entry, ConversationEnded) and seq != bounds.ended_seq:
        return None
    behind_the_end = bounds.ended_seq is not None and seq > bounds.ended_seq
    if not isinstance(entry, MessageSent):
        return Shown(entry.id, seq, entry)
    return Shown(entry.id, seq, entry, late=behind_the_end, deleted=deletion)


def retraction_of(seq: int, entry: ConversationEntry) -> Shown:
    """What stands in place of a contradicting copy of a message, found at `seq`."""
    retraction_id = derived_id("chat.retraction", entry.id, str(seq))
    return Shown(retraction_id, seq, entry, retracts=entry.id)


def technicians_of(entry: ConversationEntry) -> set[str]:
    """The technicians whom the customer meets by this entry."""
    if isinstance(entry, ActivityNoted) and entry.code in _ARRIVALS and entry.technician_id:
        return {entry.technician_id}
    if isinstance(entry, MessageSent) and entry.author.kind == "technician" and entry.author.id:
        return {entry.author.id}
    return set()


def fingerprint(entry: ConversationEntry) -> int:
    """Tells two bodies under one id apart, within this process only: it is never stored or sent."""
    match entry:
        case MessageSent():
            return hash(entry.text)
        case ContactGiven():
            return hash(entry.email)
        case _:
            return 0
