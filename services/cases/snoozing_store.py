"""What accounts have decided about putting cases off; an account has one document."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from typing import Final, Protocol

from chassis.mongo import Database
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.snoozing import NINE, SnoozeTimes

SNOOZING: Final = "snoozing"


class Snoozing(Protocol):
    """Knows what accounts have decided. A read may stand alone, with None instead of a transaction."""

    async def times(self, tx: Tx | None, tenant: str) -> SnoozeTimes:
        """What holds in an account; where nothing was decided, the default."""
        ...


class SnoozingStore(Snoozing, Protocol):
    """The same for whoever decides. `tx` is the transaction to be part of."""

    async def put(self, tx: Tx, tenant: str, times: SnoozeTimes) -> None:
        """Keep what was decided."""
        ...


class NineOClock:
    """Of a desk in which nobody decides otherwise."""

    async def times(self, tx: Tx | None, tenant: str) -> SnoozeTimes:
        return NINE


class MongoSnoozing:
    """On the service's own database; asked for by its id alone, it needs no index of its own."""

    def __init__(self, database: Database) -> None:
        self._rows = database.collection(SNOOZING)

    async def times(self, tx: Tx | None, tenant: str) -> SnoozeTimes:
        session = None if tx is None else session_of(tx)
        row = await self._rows.find_one({"_id": tenant}, session=session)
        if row is None:
            return NINE
        return SnoozeTimes(row["minute"], row["weekday"], row["reply_days"])

    async def put(self, tx: Tx, tenant: str, times: SnoozeTimes) -> None:
        decided = {
            "minute": times.minute,
            "weekday": times.weekday,
            "reply_days": times.reply_days,
        }
        await self._rows.update_one(
            {"_id": tenant}, {"$set": decided}, upsert=True, session=session_of(tx)
        )


class FakeSnoozing:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, SnoozeTimes] = storage.table(SNOOZING)

    async def times(self, tx: Tx | None, tenant: str) -> SnoozeTimes:
        return self._rows.get(tenant, NINE)

    async def put(self, tx: Tx, tenant: str, times: SnoozeTimes) -> None:
        self._rows[tenant] = times
