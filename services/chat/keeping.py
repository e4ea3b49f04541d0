"""Keeping a batch of the log: rows for what is new, and what they say of their conversations."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from aiokafka import ConsumerRecord

from chassis import metrics
from chassis.clock import Clock
from chassis.codec import Poison, UnknownType, decode, decode_head, encode
from chassis.dead_letters import DeadLetters
from chassis.deaths import DeadLetter, Death, Outcome, StillDead
from chassis.keyring import Erased, KeySource
from contracts.chat import (
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)
from contracts.topics import CHAT_LOG
from services.chat.archive import Archive
from services.chat.domain import Place
from services.chat.fold import Deletion, fingerprint, retraction_of, technicians_of
from services.chat.positions import seq_of
from services.chat.storage import Change, ChatStore, Row

MET_REMEMBERED: Final = 20_000
READ_AT_ONCE: Final = 20
"""Records that are read before the relay, on the same loop, gets its turn: less than half a millisecond."""
_DEAD_LETTERS = metrics.CONSUME_RECORDS.labels("chat", CHAT_LOG.name, "dead_lettered")


@dataclass(frozen=True, slots=True)
class Placed:
    """A readable record of the log."""

    seq: int
    entry: ConversationEntry
    row: Row


class Keeping:
    """Writes batches into the store. The same batch again, or one that overlaps, changes nothing."""

    def __init__(
        self,
        store: ChatStore,
        archive: Archive,
        keyring: KeySource,
        dead_letters: DeadLetters,
        clock: Clock,
    ) -> None:
        self._store = store
        self._archive = archive
        self._keyring = keyring
        self._dead_letters = dead_letters
        self._clock = clock
        self._met: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def keep(self, epoch: int, records: Iterable[ConsumerRecord]) -> None:
        """Store a batch; raises RetryLater when the whole of it must be tried again."""
        placed = []
        for number, record in enumerate(records):
            if number % READ_AT_ONCE == 0:
                await asyncio.sleep(0)
            if it := await self._read(epoch, record):
                placed.append(it)
        await self._store_all(placed)

    async def again(self, letter: DeadLetter) -> Outcome:
        """Store a dead letter at its place in the log; who looks anew finds it there. Raises `StillDead`."""
        try:
            placed = await self._readable(letter.seq, letter)
        except (UnknownType, Erased):
            return "skipped"
        except Poison as error:
            raise StillDead(_unreadable(error)) from error
        await self._store_all([placed])
        return "done"

    async def _store_all(self, placed: Sequence[Placed]) -> None:
        first = _first_copies(placed)
        there = await self._store.add([it.row for it in first.values()])
        copies = [it for it in placed if first[it.entry.id] is not it or it.entry.id in there]
        deleted = await self._deletions(first.values(), there)
        await self._retract([it for it in copies if not _stands_behind(it, deleted)])
        for message_id, deletion in deleted.items():
            await self._delete(message_id, deletion)
        changes = self._changes(first.values())
        await self._store.change(changes.values())
        self._remember(changes)

    async def _read(self, epoch: int, record: ConsumerRecord) -> Placed | None:
        if decode_head(record.headers).replay:
            return None
        seq = seq_of(epoch, record.offset)
        try:
            return await self._readable(seq, record)
        except Poison as error:
            # Set aside, so that its partition goes on.
            await self._dead_letters.bury(CHAT_LOG, record, seq, _unreadable(error))
            _DEAD_LETTERS.inc()
        except (UnknownType, Erased):
            pass
        return None

    async def _readable(self, seq: int, record: ConsumerRecord | DeadLetter) -> Placed:
        entry = await decode(record.value, record.headers, self._keyring)
        if not isinstance(entry, ConversationEntry):
            raise Poison("no entry of a conversation")
        return self._placed(seq, entry, record)

    def _placed(
        self, seq: int, entry: ConversationEntry, record: ConsumerRecord | DeadLetter
    ) -> Placed:
        row = Row(
            id=entry.id,
            conversation_id=entry.conversation_id,
            seq=seq,
            value=record.value or b"",
            headers=record.headers,
            stored_at=self._clock.now(),
        )
        return Placed(seq, entry, row)

    # ---- copies ----------------------------------------------------------------------------------

    async def _retract(self, copies: Sequence[Placed]) -> None:
        """Of what is in the log again, only a contradicting body is kept, as a retraction."""
        if not copies:
            return
        stored = await self._store.positions([it.entry.id for it in copies])
        again = [it for it in copies if stored.get(it.entry.id) != it.seq]
        rows = [row for it in again if (row := await self._retraction(it))]
        await self._store.add(rows)

    async def _retraction(self, copy: Placed) -> Row | None:
        known = await self._store.entry(copy.entry.id)
        # Nobody can compare a deleted message any more; what was found before has its row.
        first = await self._archive.entry(copy.entry.id) if known and not known.deleted else None
        if first is None or fingerprint(first[1]) == fingerprint(copy.entry):
            return None
        row, retraction = copy.row, retraction_of(copy.seq, copy.entry)
        return Row(
            id=retraction.id,
            conversation_id=row.conversation_id,
            seq=row.seq,
            value=row.value,
            headers=row.headers,
            stored_at=row.stored_at,
            retracts=retraction.retracts,
        )

    # ---- deletions -------------------------------------------------------------------------------

    async def _deletions(
        self, placed: Iterable[Placed], there: Collection[str]
    ) -> Mapping[str, Placed]:
        """The deletions among these, by their message; one that is in the log again counts where it stood first."""
        found = {it.entry.message_id: it for it in placed if isinstance(it.entry, MessageDeleted)}
        again = [it.entry.id for it in found.values() if it.entry.id in there]
        stored = await self._store.positions(again) if again else {}
        return {
            message_id: it
            for message_id, it in found.items()
            if stored.get(it.entry.id, it.seq) == it.seq
        }

    async def _delete(self, message_id: str, deletion: Placed) -> None:
        """The text of a message goes, and what was sent in its place too."""
        entry = deletion.entry
        rows = await self._store.copies(entry.conversation_id, message_id)
        if not rows or rows[0].deleted or rows[0].seq > deletion.seq:
            return
        emptied = [it for row in rows if (it := await self._emptied(row))]
        await self._store.delete(emptied, Deletion(deletion.seq, entry.author, entry.time))

    async def _emptied(self, row: Row) -> Row | None:
        """The record as it would be if nothing had been written in it."""
        entry = await self._archive.decode(row.value, row.headers)
        if not isinstance(entry, MessageSent):
            return None
        record = await encode(entry.model_copy(update={"text": ""}), self._keyring, replay=True)
        return replace(row, value=record.value)

    # ---- conversations ---------------------------------------------------------------------------

    def _changes(self, placed: Iterable[Placed]) -> Mapping[str, Change]:
        changes: dict[str, Change] = {}
        for it in placed:
            opens, ends = _bounds_of(it)
            joined = {
                t for t in technicians_of(it.entry) if (it.row.conversation_id, t) not in self._met
            }
            if opens is None and ends is None and not joined:
                continue
            entry = it.entry
            place = Place(entry.conversation_id, entry.tenant, entry.company_id)
            change = changes.setdefault(place.id, Change(place))
            change.opened_seq = change.opened_seq or opens
            change.ended = change.ended or ends
            change.joined |= joined
        return changes

    def _remember(self, changes: Mapping[str, Change]) -> None:
        """A technician's every message would else be a write to the conversation."""
        for conversation_id, change in changes.items():
            self._met.update(((conversation_id, technician), None) for technician in change.joined)
        while len(self._met) > MET_REMEMBERED:
            self._met.popitem(last=False)


def _unreadable(error: Poison) -> Death:
    return Death("unreadable", str(error), 1)


def _first_copies(placed: Iterable[Placed]) -> dict[str, Placed]:
    first: dict[str, Placed] = {}
    for it in placed:
        first.setdefault(it.entry.id, it)
    return first


def _stands_behind(copy: Placed, deletions: Mapping[str, Placed]) -> bool:
    deletion = deletions.get(copy.entry.id)
    return deletion is not None and deletion.seq < copy.seq


def _bounds_of(it: Placed) -> tuple[int | None, tuple[int, datetime] | None]:
    match it.entry:
        case ConversationOpened():
            return it.seq, None
        case ConversationEnded():
            return None, (it.seq, it.entry.time)
        case _:
            return None, None
