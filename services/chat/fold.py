"""What the log of a conversation means. The one rule, shared by relay, store and transcripts.

The log is read at least once and a message may be written to it more than once, so:

- an id counts at its first position; the same again is nothing new;
- the same id with another body, which only a faulty or hostile client can cause, is retracted
  visibly at the position where it was found;
- the first `opened` opens and the first `ended` ends the conversation, later ones say nothing new;
- a message behind the end is late: flagged and shown, never dropped; what the bot says and the address
  that it is given are shown wherever they stand.

Everything is decided by positions, never by time or by the order of arrival.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chassis.ids import derived_id
from contracts.chat import (
    ActivityNoted,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageSent,
)

_ARRIVALS: Final = frozenset({"joined", "taken"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of the view. With `retracts` it stands for a contradicting copy of that message."""

    id: str
    seq: int
    entry: ConversationEntry
    late: bool = False
    retracts: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where a conversation was opened and where it ended: all that a single entry's showing depends on."""

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

    __slots__ = ("bounds", "joined", "marks")

    def __init__(self, bounds: Bounds = Bounds()) -> None:
        self.bounds = bounds
        self.marks: dict[str, Mark] = {}
        self.joined: set[str] = set()
        """The technicians whom the customer has met: who joined, took the case, or wrote."""

    @classmethod
    def restore(
        cls, bounds: Bounds, positions: Iterable[tuple[str, int]], joined: Iterable[str]
    ) -> "Fold":
        """The fold of what a store holds, from each entry's id and position."""
        fold = cls(bounds)
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
        return shown(seq, entry, self.bounds)

    def _note(self, seq: int, entry: ConversationEntry) -> None:
        self.marks[entry.id] = Mark(seq, fingerprint(entry))
        self.bounds = moved(self.bounds, seq, entry)
        self.joined.update(technicians_of(entry))

    def _again(self, seq: int, entry: ConversationEntry, known: Mark) -> Shown | None:
        if known.body is None:
            raise BodyUnknown(entry.id)
        if known.body == fingerprint(entry):
            return None
        retraction = retraction_of(seq, entry)
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


def shown(seq: int, entry: ConversationEntry, bounds: Bounds) -> Shown | None:
    """An entry at the first position of its id, in a conversation with these bounds."""
    if isinstance(entry, ConversationOpened) and seq != bounds.opened_seq:
        return None
    if isinstance(entry, ConversationEnded) and seq != bounds.ended_seq:
        return None
    behind_the_end = bounds.ended_seq is not None and seq > bounds.ended_seq
    return Shown(entry.id, seq, entry, late=behind_the_end and isinstance(entry, MessageSent))


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
