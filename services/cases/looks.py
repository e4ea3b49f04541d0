"""Who of the desk has looked at a case (S17): kept beside its history, because a look changes nothing of the case.

Were it an event of the case, each look would count its version up, push the case to every console, and
take from a colleague the undo of what they just did. What is kept is coalesced: a technician who goes to
and fro has looked once in a quarter of an hour. It is purged with its case.
"""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.erasure import Holdings, purging
from chassis.ids import derived_id
from chassis.mongo import Database, Index
from chassis.storage import FakeStorage, Storage, Tx, session_of
from chassis.tokens import Identity
from services.cases.domain import whole_milliseconds
from services.cases.technicians import Technicians

LOOKS: Final = "looks"
ONCE: Final = timedelta(minutes=15)
MOST_SHOWN: Final = 200
"""The newest that are shown."""
INDEXES: Final[dict[str, list[Index]]] = {
    LOOKS: [
        Index([("case_id", 1), ("at", -1)], name="of_case"),
        Index([("case_id", 1), ("technician_id", 1), ("at", -1)], name="of_technician"),
    ]
}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """A technician had the case before them, at that moment or within a quarter of an hour from it."""

    case_id: str
    tenant: str
    technician_id: str
    at: datetime

    @property
    def id(self) -> str:
        """The same for two windows that are opened at once."""
        return derived_id("look", self.case_id, self.technician_id, str((self.at - _EPOCH) // ONCE))


class LookStore(Protocol):
    """`tx` is the transaction to be part of."""

    async def last(self, tx: Tx, case_id: str, technician_id: str) -> datetime | None:
        """When the technician looked at the case last."""
        ...

    async def put(self, tx: Tx, look: Look) -> None:
        """Keep a look, once."""
        ...

    async def of_case(self, case_id: str) -> list[Look]:
        """The newest looks at a case, the newest first."""
        ...


class Looks:
    """The use cases: a technician looks at a case, and asks who did."""

    def __init__(
        self, storage: Storage, store: LookStore, technicians: Technicians, clock: Clock
    ) -> None:
        self._storage = storage
        self._store = store
        self._technicians = technicians
        self._clock = clock

    async def note(self, technician: Identity, case_id: str) -> None:
        """The technician has the case before them; raises `CaseUnknown`."""
        case = await self._technicians.look_up(technician, case_id)
        at = whole_milliseconds(self._clock.now())
        look = Look(case.id, case.tenant, technician.id, at)

        async def work(tx: Tx) -> None:
            last = await self._store.last(tx, case.id, technician.id)
            if last is None or last <= at - ONCE:
                await self._store.put(tx, look)

        await self._storage.transact(work)

    async def of_case(self, technician: Identity, case_id: str) -> list[Look]:
        """Who looked at the case, the newest first; raises `CaseUnknown`."""
        case = await self._technicians.look_up(technician, case_id)
        return await self._store.of_case(case.id)


class MongoLooks:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(LOOKS)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {LOOKS: purging(self._rows, "case_id")}

    async def last(self, tx: Tx, case_id: str, technician_id: str) -> datetime | None:
        row = await self._rows.find_one(
            {"case_id": case_id, "technician_id": technician_id},
            sort=[("at", -1)],
            session=session_of(tx),
        )
        return None if row is None else row["at"]

    async def put(self, tx: Tx, look: Look) -> None:
        row = {
            "case_id": look.case_id,
            "tenant": look.tenant,
            "technician_id": look.technician_id,
            "at": look.at,
        }
        await self._rows.update_one(
            {"_id": look.id}, {"$setOnInsert": row}, upsert=True, session=session_of(tx)
        )

    async def of_case(self, case_id: str) -> list[Look]:
        rows = await self._rows.find({"case_id": case_id}, sort=[("at", -1)], limit=MOST_SHOWN)
        return [
            Look(row["case_id"], row["tenant"], row["technician_id"], row["at"]) for row in rows
        ]


class FakeLooks:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, Look] = storage.table(LOOKS)

    async def last(self, tx: Tx, case_id: str, technician_id: str) -> datetime | None:
        mine = [it for it in await self.of_case(case_id) if it.technician_id == technician_id]
        return mine[0].at if mine else None

    async def put(self, tx: Tx, look: Look) -> None:
        self._rows.setdefault(look.id, look)

    async def of_case(self, case_id: str) -> list[Look]:
        found = [look for look in self._rows.values() if look.case_id == case_id]
        return sorted(found, key=lambda look: look.at, reverse=True)[:MOST_SHOWN]


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "POST /api/cases/cases/{case_id}/looks": Looks.note,
    "GET /api/cases/cases/{case_id}/looks": Looks.of_case,
}
