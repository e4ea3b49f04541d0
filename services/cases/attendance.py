"""Who was available when, as the directory told it: kept for a month, so that routing can be tried on it (N9).

The directory says how everybody is, and forgets how they were. Each of its entries on a technician that
says something new is kept under the version that it has there, so whoever reads it again keeps nothing
twice, however many instances read it. What happened before the desk kept it nobody knows, and says so.
"""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from chassis.errors import RetryLater
from chassis.mongo import Database, DuplicateKey, Index
from chassis.storage import FakeStorage
from contracts.portal import DirectoryEntry, TechnicianListed

ATTENDANCE: Final = "attendance"
KEPT: Final = timedelta(days=40)
"""A month, and enough before it to know how everybody was at its beginning."""
AGAIN_SECONDS: Final = 5.0
INDEXES: Final[dict[str, list[Index]]] = {
    ATTENDANCE: [
        Index([("tenant", 1), ("at", 1)], name="of_account"),
        Index([("at", 1)], name="purge", expireAfterSeconds=int(KEPT.total_seconds())),
    ]
}


@dataclass(frozen=True, slots=True)
class Attended:
    """From a moment on, somebody was available or was not. `version` is that of the directory's entry."""

    tenant: str
    technician_id: str
    version: int
    at: datetime
    available: bool

    @property
    def id(self) -> str:
        """One of an entry of the directory, for ever."""
        return f"{self.technician_id}/{self.version}"


def attended(entry: TechnicianListed) -> Attended:
    """What an entry of the directory says of somebody."""
    present = entry.active and entry.available
    return Attended(entry.tenant, entry.technician_id, entry.aggregate_version, entry.time, present)


class Attendance:
    """How everybody was within a span, as far as anybody knows."""

    def __init__(self, rows: Iterable[Attended]) -> None:
        self._times: dict[str, list[datetime]] = {}
        self._states: dict[str, list[bool]] = {}
        for row in sorted(rows, key=lambda it: (it.at, it.version)):
            self._times.setdefault(row.technician_id, []).append(row.at)
            self._states.setdefault(row.technician_id, []).append(row.available)

    def of(self, technician_id: str, at: datetime) -> bool | None:
        """Whether somebody was available at a moment; None where nobody knows."""
        place = bisect_right(self._times.get(technician_id, []), at)
        return self._states[technician_id][place - 1] if place else None

    def arrivals(self, after: datetime, before: datetime) -> set[datetime]:
        """The moments between two others at which somebody became available."""
        return {
            at
            for who, times in self._times.items()
            for at, available in zip(times, self._states[who], strict=True)
            if available and after < at < before
        }


class AttendanceStore(Protocol):
    """What is known, by account."""

    async def keep(self, row: Attended) -> None:
        """Keep it, once."""
        ...

    async def of_account(self, tenant: str, until: datetime) -> Sequence[Attended]:
        """What was kept of an account's technicians before a moment, by time."""
        ...


class MongoAttendance:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(ATTENDANCE)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def keep(self, row: Attended) -> None:
        fields = {
            "tenant": row.tenant,
            "technician_id": row.technician_id,
            "version": row.version,
            "at": row.at,
            "available": row.available,
        }
        with suppress(DuplicateKey):
            await self._rows.insert_one({"_id": row.id, **fields})

    async def of_account(self, tenant: str, until: datetime) -> Sequence[Attended]:
        rows = await self._rows.find(
            {"tenant": tenant, "at": {"$lt": until}}, sort=[("at", 1)], hint="of_account"
        )
        names = ("tenant", "technician_id", "version", "at", "available")
        return [Attended(**{name: row[name] for name in names}) for row in rows]


class FakeAttendance:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, Attended] = storage.table(ATTENDANCE)

    async def keep(self, row: Attended) -> None:
        self._rows.setdefault(row.id, row)

    async def of_account(self, tenant: str, until: datetime) -> Sequence[Attended]:
        found = [it for it in self._rows.values() if it.tenant == tenant and it.at < until]
        return sorted(found, key=lambda it: it.at)


class Register:
    """Keeps what the directory tells, behind its back: it must not wait for a database."""

    def __init__(self, store: AttendanceStore) -> None:
        self._store = store
        self._waiting: asyncio.Queue[Attended] = asyncio.Queue()
        self._last: dict[str, bool] = {}

    def note_entry(self, entry: DirectoryEntry) -> None:
        """The directory tells of somebody; that they were renamed is nothing new."""
        if not isinstance(entry, TechnicianListed):
            return
        row = attended(entry)
        if self._last.get(row.technician_id) != row.available:
            self._last[row.technician_id] = row.available
            self._waiting.put_nowait(row)

    async def run(self) -> None:
        """Keep, for ever; without a database it waits."""
        while True:
            await self._keep(await self._waiting.get())

    async def drain(self) -> None:
        """Keep all that was told so far."""
        while not self._waiting.empty():
            await self._keep(self._waiting.get_nowait())

    async def _keep(self, row: Attended) -> None:
        kept = False
        while not kept:
            try:
                await self._store.keep(row)
                kept = True
            except RetryLater:
                await asyncio.sleep(AGAIN_SECONDS)
