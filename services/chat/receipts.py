"""Receipts: how far everybody has received and read. Told to the others at once, stored soon.

Both are coalesced: a reader who moves ten times within the interval causes one signal and one write.
A crash forgets the last half second, and the next position that the client tells makes up for it.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.keyring import Erased
from chassis.logs import logger
from chassis.tokens import Identity
from contracts.chat import Author, CursorMoved
from contracts.envelope import Actor
from services.chat.conversation import Live, Person
from services.chat.domain import VIA_DESK, Place
from services.chat.log import Log
from services.chat.storage import ChatStore, Cursor

SIGNAL_SECONDS: Final = 0.1
STORE_SECONDS: Final = 0.5

_log = logger(__name__)
_Key = tuple[str, Person]


@dataclass(slots=True)
class _Moved:
    place: Place
    delivered: int
    read: int


class Receipts:
    """Collects moves, and passes them on now and then."""

    def __init__(self, log: Log, store: ChatStore, clock: Clock) -> None:
        self._log = log
        self._store = store
        self._clock = clock
        self._to_signal: dict[_Key, _Moved] = {}
        self._to_store: dict[_Key, _Moved] = {}

    def move(self, live: Live, identity: Identity, delivered: int, read: int) -> None:
        """Take note of a cursor, if it is new."""
        person = (identity.kind, identity.id)
        if not live.move(person, delivered, read):
            return
        moved = _Moved(live.place, *live.cursors[person])
        self._to_signal[live.id, person] = moved
        self._to_store[live.id, person] = moved

    def forget(self, conversation_id: str) -> None:
        """Of an erased conversation nothing is told or stored any more."""
        for moves in (self._to_signal, self._to_store):
            for key in [key for key in moves if key[0] == conversation_id]:
                del moves[key]

    async def signal(self) -> None:
        """Tell every relay, for ever. A signal that is lost is made up for by the next one."""
        while True:
            await asyncio.sleep(SIGNAL_SECONDS)
            moves, self._to_signal = self._to_signal, {}
            for (_, person), moved in moves.items():
                # Of a deleted conversation nothing is told; and a broker that is away ends no loop.
                with suppress(Erased, RetryLater):
                    await self._log.signal(self._cursor_moved(person, moved))

    async def store(self) -> None:
        """Store, for ever, and once more at the end."""
        try:
            while True:
                await asyncio.sleep(STORE_SECONDS)
                await self._store_moves()
        finally:
            await self._store_moves()

    async def _store_moves(self) -> None:
        moves, self._to_store = self._to_store, {}
        cursors = [
            Cursor(conversation_id, *person, moved.delivered, moved.read)
            for (conversation_id, person), moved in moves.items()
        ]
        try:
            await self._store.move(cursors)
        except RetryLater as error:
            # What moved meanwhile is further than what is put back.
            self._to_store = moves | self._to_store
            _log.warning("receipts_wait", reason=type(error).__name__)

    def _cursor_moved(self, person: Person, moved: _Moved) -> CursorMoved:
        signal_id = new_id()
        author = Author.model_validate({"kind": person[0], "id": person[1]})
        return CursorMoved(
            id=signal_id,
            time=self._clock.now(),
            tenant=moved.place.tenant,
            key=moved.place.id,
            aggregate_version=0,
            actor=Actor(kind=author.kind, id=author.id, via=VIA_DESK),
            correlation_id=signal_id,
            company_id=moved.place.company_id,
            conversation_id=moved.place.id,
            author=author,
            delivered=moved.delivered,
            read=moved.read,
        )
