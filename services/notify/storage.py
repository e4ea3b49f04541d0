"""Notify's store: the waits that may be told again, and the ledger of every decision, kept for good.

Nothing here is personal to a customer: ids and numbers only.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final, Protocol

from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of
from contracts.notify import AlertRaised
from services.notify.domain import Waiting

WAITS, DECISIONS = "waits", "decisions"
# Both are asked for by id alone. The ledger does not expire: a replay of any age tells nobody twice.
INDEXES: Final[dict[str, list[Index]]] = {WAITS: [], DECISIONS: []}


class AlertStore(Protocol):
    """`tx` is the transaction to be part of."""

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:
        """Whether the ledger has this alert."""
        ...

    async def record(self, tx: Tx, alert: AlertRaised) -> None:
        """Enter the alert, with its reasons, into the ledger."""
        ...

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:
        """Keep a wait, or what became of it."""
        ...

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:
        """The wait of a case, while somebody waits."""
        ...

    async def end_wait(self, tx: Tx, case_id: str) -> None:
        """Forget the wait of a case, if there is one."""
        ...


class MongoAlertStore:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waits = database.collection(WAITS)
        self._decisions = database.collection(DECISIONS)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:
        known = await self._decisions.find_one(
            {"_id": alert_id}, projection={"_id": 1}, session=session_of(tx)
        )
        return known is not None

    async def record(self, tx: Tx, alert: AlertRaised) -> None:
        await self._decisions.insert_one(entry(alert), session=session_of(tx))

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:
        row = asdict(waiting)
        case_id = row.pop("case_id")
        await self._waits.replace_one({"_id": case_id}, row, upsert=True, session=session_of(tx))

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:
        row = await self._waits.find_one({"_id": case_id}, session=session_of(tx))
        return None if row is None else Waiting(case_id=row.pop("_id"), **row)

    async def end_wait(self, tx: Tx, case_id: str) -> None:
        await self._waits.delete_one({"_id": case_id}, session=session_of(tx))


def entry(alert: AlertRaised) -> Document:
    """A line of the ledger: what was decided when, and from which facts."""
    return {
        "_id": alert.id,
        "tenant": alert.tenant,
        "company_id": alert.company_id,
        "case_id": alert.conversation_id,
        "alert": alert.alert,
        "decided_at": alert.time,
        "considered": [routed.model_dump() for routed in alert.considered],
    }


class FakeAlertStore:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._waits: dict[str, Waiting] = storage.table(WAITS)
        self._decisions: dict[str, Mapping[str, Any]] = storage.table(DECISIONS)

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:  # noqa: ARG002
        return alert_id in self._decisions

    async def record(self, tx: Tx, alert: AlertRaised) -> None:  # noqa: ARG002
        self._decisions[alert.id] = entry(alert)

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:  # noqa: ARG002
        self._waits[waiting.case_id] = waiting

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:  # noqa: ARG002
        return self._waits.get(case_id)

    async def end_wait(self, tx: Tx, case_id: str) -> None:  # noqa: ARG002
        self._waits.pop(case_id, None)
