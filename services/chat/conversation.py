"""A conversation in memory: its fold, who is in it, and who watches it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple, Protocol

from chassis.errors import DeskbusError
from chassis.tokens import Identity
from contracts.chat import Author, ConversationEnded, ConversationEntry, ConversationOpened
from services.chat.domain import Place
from services.chat.fold import Fold, Shown
from services.chat.log import LogAway
from services.chat.storage import Cursor, Stored
from services.chat.views import Json, Line, person_json

TechnicianName = Callable[[str], str]
READ_SECONDS: Final = 2.0
"""How long reading the log may take to reach what it has confirmed; then the sender tries again."""
Person = tuple[str, str]
"""Kind and id."""


class Receiver(Protocol):
    """Where frames go: a socket."""

    identity: Identity

    def push(self, frame: str) -> None:
        """Queue a frame; a socket that is too slow is told to resume instead."""
        ...

    def resume(self, reason: str) -> None:
        """Have the client come back and watch again."""
        ...

    def fail(self, error: DeskbusError, code: int) -> None:
        """Tell what is wrong, and close with this code."""
        ...


@dataclass(slots=True, eq=False)
class Watch:
    """One socket's view of one conversation: in order, without omission, nothing twice."""

    receiver: Receiver
    sent: int = 0
    """Everything up to this position was queued."""

    @property
    def by_customer(self) -> bool:
        return self.receiver.identity.kind == "customer"

    def offer(self, line: Line, frame: str) -> None:
        """Pass an entry on, unless it was queued before or is not for this side."""
        if line.seq <= self.sent:
            return
        self.sent = line.seq
        if line.customer_sees or not self.by_customer:
            self.receiver.push(frame)


class Pending(NamedTuple):
    """A message on its way into the log, and its body's fingerprint."""

    body: int
    position: "asyncio.Task[int]"


@dataclass(slots=True, eq=False)
class Live:
    """What the relay knows of a conversation that is watched, or was a moment ago."""

    place: Place
    partition: int
    fold: Fold
    technician_name: TechnicianName
    opened: ConversationOpened | None = None
    ended_at: datetime | None = None
    watches: set[Watch] = field(default_factory=set)
    cursors: dict[Person, tuple[int, int]] = field(default_factory=dict)
    """How far everybody has received and read."""
    pending: dict[str, Pending] = field(default_factory=dict)
    """What is on its way into the log, by id."""
    doubts: "dict[str, asyncio.Future[int]]" = field(default_factory=dict)
    """What was not confirmed and may be in the log all the same, by id; ends with its position once it is read."""
    bot_is_done: bool = False
    """The bot has nothing more to say to whatever the customer writes."""

    @property
    def id(self) -> str:
        return self.place.id

    @property
    def state(self) -> str:
        """As clients get it."""
        return "ended" if self.fold.ended else "live"

    @property
    def waits(self) -> bool:
        """Whether the customer waits for somebody: nobody has joined or written yet."""
        return not (self.fold.ended or self.fold.joined)

    def name_of(self, author: Author) -> str:
        """The name somebody is shown under; empty when nobody knows it."""
        if author.kind == "technician" and author.id:
            return self.technician_name(author.id)
        if author.kind == "customer" and self.opened:
            visitor = self.opened.visitor
            return f"{visitor.first_name} {visitor.last_name}".strip()
        return ""

    def apply(self, seq: int, entry: ConversationEntry) -> Shown | None:
        """Fold an entry in; raises BodyUnknown."""
        shown = self.fold.apply(seq, entry)
        if isinstance(entry, ConversationOpened) and seq == self.fold.bounds.opened_seq:
            self.opened = entry
        if isinstance(entry, ConversationEnded) and seq == self.fold.bounds.ended_seq:
            self.ended_at = entry.time
        if (doubt := self.doubts.pop(entry.id, None)) and (mark := self.fold.marks.get(entry.id)):
            doubt.set_result(mark.seq)
        return shown

    def sends(self, entry_id: str, body: int, position: "asyncio.Task[int]") -> None:
        """Note what is on its way into the log, and if it was not confirmed, that it may be there."""
        self.pending[entry_id] = Pending(body, position)
        position.add_done_callback(partial(self._settle, entry_id))

    async def first_of(self, entry_id: str, seq: int) -> int:
        """Where an entry stands of which the log has a copy at `seq`; raises LogAway.

        That is an earlier place if one before it came in that was not confirmed.
        """
        if doubt := self.doubts.get(entry_id):
            try:
                return await asyncio.wait_for(asyncio.shield(doubt), READ_SECONDS)
            except TimeoutError as error:
                raise LogAway from error
        mark = self.fold.marks.get(entry_id)
        return mark.seq if mark else seq

    def _settle(self, entry_id: str, position: "asyncio.Task[int]") -> None:
        self.pending.pop(entry_id, None)
        unconfirmed = position.cancelled() or position.exception()
        if unconfirmed and entry_id not in self.fold.marks:
            self.doubts.setdefault(entry_id, position.get_loop().create_future())

    def has(self, entry_id: str) -> bool:
        """Whether an entry is in the log, or on its way into it."""
        return entry_id in self.fold.marks or entry_id in self.pending

    def move(self, person: Person, delivered: int, read: int) -> bool:
        """Move somebody's cursor forward; False when it was there already."""
        before = self.cursors.get(person, (0, 0))
        # What was read was received.
        after = (max(before[0], delivered, read), max(before[1], read))
        self.cursors[person] = after
        return after != before

    def person(self, person: Person) -> Json:
        """A participant as clients get them."""
        author = Author.model_validate({"kind": person[0], "id": person[1]})
        return person_json(author, self.name_of)

    def reveals(self, person: Person, to: Identity) -> bool:
        """Whether a participant may be seen: a customer learns of technicians only when they have met."""
        return to.kind != "customer" or person[0] == "customer" or person[1] in self.fold.joined


def from_store(
    stored: Stored,
    cursors: list[Cursor],
    opened: ConversationOpened | None,
    partition: int,
    technician_name: TechnicianName,
) -> Live:
    """A conversation as the archive has it."""
    positions = stored.positions.items()
    fold = Fold.restore(stored.bounds, positions, stored.joined, stored.deletions)
    live = Live(stored.place, partition, fold, technician_name, opened, stored.ended_at)
    for cursor in cursors:
        live.move((cursor.kind, cursor.participant_id), cursor.delivered, cursor.read)
    return live
