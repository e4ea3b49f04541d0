"""The archive in memory; it keeps the same promises as the one on MongoDB."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.chat.fold import Bounds, Deletion
from services.chat.storage import Change, Cursor, Epochs, Row, Stored


class FakeChatStore:
    """Every method gives other tasks their turn before and after, as a database would."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self._conversations: dict[str, Stored] = {}
        self._cursors: dict[tuple[str, str, str], Cursor] = {}
        self._tickets: dict[str, str] = {}
        self._watermarks: dict[int, int] = {}
        self._epochs = Epochs()

    async def add(self, rows: Sequence[Row]) -> set[str]:
        there = set[str]()
        for row in rows:
            await asyncio.sleep(0)
            if row.id in self.rows:
                there.add(row.id)
            else:
                self.rows[row.id] = row
        return there

    async def positions(self, ids: Sequence[str]) -> Mapping[str, int]:
        await asyncio.sleep(0)
        return {i: self.rows[i].seq for i in ids if i in self.rows}

    async def change(self, changes: Iterable[Change]) -> None:
        for change in changes:
            await asyncio.sleep(0)
            empty = Stored(change.place, Bounds(), None, frozenset(), {})
            self._conversations[change.place.id] = _changed(
                self._conversations.get(change.place.id, empty), change
            )

    async def copies(self, conversation_id: str, message_id: str) -> Sequence[Row]:
        await asyncio.sleep(0)
        rows = [
            row
            for row in self.rows.values()
            if row.conversation_id == conversation_id and message_id in {row.id, row.retracts}
        ]
        return sorted(rows, key=lambda row: row.seq)

    async def delete(self, rows: Sequence[Row], deletion: Deletion) -> None:
        for row in rows:
            await asyncio.sleep(0)
            if not self.rows[row.id].deleted:
                self.rows[row.id] = replace(row, deleted=deletion)

    async def load(self, conversation_id: str) -> Stored | None:
        await asyncio.sleep(0)
        found = self._conversations.get(conversation_id)
        await asyncio.sleep(0)
        rows = (row for row in self.rows.values() if row.conversation_id == conversation_id)
        positions = {row.id: row.seq for row in rows}
        await asyncio.sleep(0)
        deletions = {
            row.id: row.deleted
            for row in self.rows.values()
            if row.conversation_id == conversation_id and row.deleted
        }
        return found and replace(found, positions=positions, deletions=deletions)

    async def entry(self, entry_id: str) -> Row | None:
        await asyncio.sleep(0)
        return self.rows.get(entry_id)

    async def page(
        self, conversation_id: str, after: int, through: int, limit: int
    ) -> Sequence[Row]:
        await asyncio.sleep(0)
        rows = [
            row
            for row in self.rows.values()
            if row.conversation_id == conversation_id and after < row.seq <= through
        ]
        await asyncio.sleep(0)
        return sorted(rows, key=lambda row: row.seq)[:limit]

    async def newest(self) -> datetime | None:
        return max((it.stored_at for it in self.rows.values()), default=None)

    async def recent(self, since: datetime, after: int, limit: int) -> Sequence[Row]:
        await asyncio.sleep(0)
        rows = [it for it in self.rows.values() if (it.stored_at, it.seq) > (since, after)]
        return sorted(rows, key=lambda it: (it.stored_at, it.seq))[:limit]

    async def advance(self, watermarks: Mapping[int, int]) -> None:
        await asyncio.sleep(0)
        for partition, seq in watermarks.items():
            self._watermarks[partition] = max(seq, self._watermarks.get(partition, 0))

    async def watermarks(self) -> Mapping[int, int]:
        await asyncio.sleep(0)
        return dict(self._watermarks)

    async def epochs(self) -> Epochs:
        await asyncio.sleep(0)
        return self._epochs

    async def note_epochs(self, epochs: Epochs) -> None:
        await asyncio.sleep(0)
        self._epochs = Epochs(
            max(epochs.proposed, self._epochs.proposed), max(epochs.begun, self._epochs.begun)
        )

    async def move(self, cursors: Sequence[Cursor]) -> None:
        await asyncio.sleep(0)
        for it in cursors:
            key = (it.conversation_id, it.kind, it.participant_id)
            known = self._cursors.get(key, it)
            furthest = max(it.delivered, known.delivered), max(it.read, known.read)
            self._cursors[key] = Cursor(*key, *furthest)

    async def cursors(self, conversation_id: str) -> Sequence[Cursor]:
        await asyncio.sleep(0)
        return [it for it in self._cursors.values() if it.conversation_id == conversation_id]

    async def redeem(self, conversation_id: str, secret_hash: str, now: datetime) -> str:
        await asyncio.sleep(0)
        return self._tickets.setdefault(conversation_id, secret_hash)


def _changed(stored: Stored, change: Change) -> Stored:
    opened, ended = stored.bounds.opened_seq, stored.bounds.ended_seq
    at = stored.ended_at
    if change.opened_seq is not None:
        opened = change.opened_seq if opened is None else min(opened, change.opened_seq)
    if change.ended is not None and (ended is None or change.ended[0] < ended):
        ended, at = change.ended
    return Stored(stored.place, Bounds(opened, ended), at, stored.joined | change.joined, {})
