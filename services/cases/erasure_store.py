"""The store of erasures: a receipt for each deleted case, which is kept and holds nothing personal.

It also is what cases remembers of a case that it had: a second deletion finds the first.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final, Protocol

from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of
from contracts.erasure import StorePurged
from services.cases.erasure import Answer, Erasure, Tombstone
from services.cases.storage import Scope

ERASURES: Final = "erasures"
INDEXES: Final[dict[str, list[Index]]] = {
    ERASURES: [Index([("tenant", 1), ("company_id", 1), ("place", -1)], name="latest")]
}
LATEST_FIRST: Final = [("place", -1)]

_PLAIN: Final = [
    it.name for it in fields(Erasure) if it.name not in ("id", "answers", "tombstones")
]


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """Some erasures, the latest first; `next` continues behind them, and is None at the end."""

    erasures: list[Erasure]
    next: str | None


class ErasureStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def put(self, tx: Tx, erasure: Erasure) -> None:
        """Keep an erasure, or what became of it."""
        ...

    async def get(self, tx: Tx | None, case_id: str) -> Erasure | None:
        """The erasure of a case, whosoever it was."""
        ...

    async def page(self, scope: Scope, after: str | None, limit: int) -> ErasurePage:
        """The latest erasures that come behind `after`, the `next` of another page."""
        ...


def place(erasure: Erasure) -> str:
    """Where it stands in the list: sorts by time, and no two are the same."""
    return f"{round(erasure.requested_at.timestamp() * 1_000):012x}{erasure.id}"


class MongoErasureStore:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._erasures = database.collection(ERASURES)

    async def prepare(self) -> None:
        """Create what is missing of the collection and its indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def put(self, tx: Tx, erasure: Erasure) -> None:
        await self._erasures.replace_one(
            {"_id": erasure.id}, _row(erasure), upsert=True, session=session_of(tx)
        )

    async def get(self, tx: Tx | None, case_id: str) -> Erasure | None:
        session = None if tx is None else session_of(tx)
        row = await self._erasures.find_one({"_id": case_id}, session=session)
        return None if row is None else _erasure(row)

    async def page(self, scope: Scope, after: str | None, limit: int) -> ErasurePage:
        query = page_query(scope, after)
        rows = await self._erasures.find(query, sort=LATEST_FIRST, limit=limit + 1)
        behind = rows[limit - 1]["place"] if len(rows) > limit else None
        return ErasurePage([_erasure(row) for row in rows[:limit]], behind)


def page_query(scope: Scope, after: str | None) -> Document:
    """What MongoDB is asked for a page."""
    query: Document = {"tenant": scope.tenant, "company_id": {"$in": list(scope.companies or ())}}
    return query if after is None else query | {"place": {"$lt": after}}


def _row(erasure: Erasure) -> Document:
    answers = {service: _answer_row(answer) for service, answer in erasure.answers.items()}
    return {name: getattr(erasure, name) for name in _PLAIN} | {
        "place": place(erasure),
        "answers": answers,
        "tombstones": [asdict(tombstone) for tombstone in erasure.tombstones],
    }


def _answer_row(answer: Answer) -> Document:
    stores = [store.model_dump() for store in answer.stores]
    return {"attempt": answer.attempt, "at": answer.at, "found": answer.found, "stores": stores}


def _erasure(row: Mapping[str, Any]) -> Erasure:
    return Erasure(
        id=row["_id"],
        answers={service: _answer(told) for service, told in row["answers"].items()},
        tombstones=tuple(Tombstone(**tombstone) for tombstone in row["tombstones"]),
        **{name: row[name] for name in _PLAIN},
    )


def _answer(told: Mapping[str, Any]) -> Answer:
    at: datetime = told["at"]
    stores = tuple(StorePurged.model_validate(store) for store in told["stores"])
    return Answer(told["attempt"], at, stores, told["found"])


class FakeErasureStore:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._erasures: dict[str, Erasure] = storage.table(ERASURES)

    async def put(self, tx: Tx, erasure: Erasure) -> None:  # noqa: ARG002
        self._erasures[erasure.id] = erasure

    async def get(self, tx: Tx | None, case_id: str) -> Erasure | None:  # noqa: ARG002
        return self._erasures.get(case_id)

    async def page(self, scope: Scope, after: str | None, limit: int) -> ErasurePage:
        mine = [it for it in self._erasures.values() if _sees(scope, it)]
        found = sorted(
            (it for it in mine if after is None or place(it) < after), key=place, reverse=True
        )
        return ErasurePage(found[:limit], place(found[limit - 1]) if len(found) > limit else None)


def _sees(scope: Scope, erasure: Erasure) -> bool:
    return erasure.tenant == scope.tenant and erasure.company_id in (scope.companies or ())
