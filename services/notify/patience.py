"""How long a live chat rings before people are told by another way (X4): as the deployment has it, or an account."""
# ruff: noqa: ARG002 - what is the same for everybody asks nobody

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Protocol

from chassis.mongo import Database
from chassis.storage import FakeStorage, Tx, session_of

PATIENCE: Final = "patience"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a wait lasts before it is told again, and how often it is."""

    wait: timedelta
    times: int
    hold: timedelta = timedelta(seconds=5)
    """How long the desk may take to decide by itself who gets a case, before all are told as without it."""

    async def of(self, tx: Tx | None, tenant: str) -> "Patience":
        """The same for everybody."""
        return self


class Patiences(Protocol):
    """Knows how patient an account is. A read may stand alone, with None instead of a transaction."""

    async def of(self, tx: Tx | None, tenant: str) -> Patience:
        """What holds in an account; where nothing was decided, what the deployment has."""
        ...


class PatienceStore(Patiences, Protocol):
    """The same for whoever decides. `tx` is the transaction to be part of."""

    async def put(self, tx: Tx, tenant: str, patience: Patience) -> None:
        """Keep what was decided."""
        ...


class MongoPatience:
    """On the service's own database; asked for by its id alone, it needs no index of its own."""

    def __init__(self, database: Database, default: Patience) -> None:
        self._rows = database.collection(PATIENCE)
        self._default = default

    async def of(self, tx: Tx | None, tenant: str) -> Patience:
        session = None if tx is None else session_of(tx)
        row = await self._rows.find_one({"_id": tenant}, session=session)
        if row is None:
            return self._default
        return replace(self._default, wait=timedelta(seconds=row["seconds"]), times=row["times"])

    async def put(self, tx: Tx, tenant: str, patience: Patience) -> None:
        decided = {"seconds": patience.wait.total_seconds(), "times": patience.times}
        await self._rows.update_one(
            {"_id": tenant}, {"$set": decided}, upsert=True, session=session_of(tx)
        )


class FakePatience:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage, default: Patience) -> None:
        self._rows: dict[str, Patience] = storage.table(PATIENCE)
        self._default = default

    async def of(self, tx: Tx | None, tenant: str) -> Patience:
        return self._rows.get(tenant, self._default)

    async def put(self, tx: Tx, tenant: str, patience: Patience) -> None:
        self._rows[tenant] = replace(self._default, wait=patience.wait, times=patience.times)
