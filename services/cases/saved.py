"""Saved filters (S21): lists with a name that technicians keep, for themselves or for everybody of the account."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from chassis.errors import DeskbusError
from chassis.mongo import Database, Document, DuplicateKey, Index
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.domain import ListName
from services.cases.filters import CaseFilter, Wanted
from services.cases.search import folded
from services.cases.sorting import Direction, SortName

SAVED: Final = "saved_filters"
MOST: Final = 30
"""Of each technician's own, and of those that are shared: each has a count that is looked for."""
INDEXES: Final[dict[str, list[Index]]] = {
    SAVED: [Index([("tenant", 1), ("owner", 1), ("folded", 1)], name="name", unique=True)]
}


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A list with its filter and its order. Without an `owner` it is everybody's of the account."""

    id: str
    tenant: str
    name: str
    owner: str | None
    author: str
    listed: ListName
    filter: CaseFilter
    sort: SortName = "created"
    direction: Direction | None = None

    def wanted_by(self, technician_id: str) -> Wanted:
        """The list as somebody sees it: in a shared one `me` is whoever looks."""
        return Wanted(self.listed, technician_id, self.filter)


class FilterUnknown(DeskbusError):
    """There is no such filter, or it is a colleague's own."""

    code = "filter_unknown"
    status = 404
    text = "This filter does not exist any more."


class FilterTaken(DeskbusError):
    """Two filters of the same name could not be told apart."""

    code = "filter_taken"
    status = 409
    text = "There is a filter with this name already."


class TooManyFilters(DeskbusError):
    """There are as many saved filters as there can be."""

    code = "too_many_filters"
    status = 409
    text = "No more filters can be saved. Please delete some first."


class FilterNotYours(DeskbusError):
    """A shared filter is changed by its author and by administrators."""

    code = "filter_not_yours"
    status = 403
    text = "Only its author or an administrator can change this filter."


class WordsNotKept(DeskbusError):
    """What somebody looks for may be a customer's name, and would be kept beyond that customer's deletion."""

    code = "words_not_kept"
    status = 422
    text = "Words to search for cannot be saved. Please take them out first."


class SavedFilters(Protocol):
    """The saved filters of every account. `tx` is the transaction to be part of; a read may stand alone."""

    async def all(self, tenant: str, technician_id: str) -> list[SavedFilter]:
        """Those that a technician can use, by name: the shared ones and their own."""
        ...

    async def get(self, tenant: str, filter_id: str) -> SavedFilter | None:
        """The filter of this id, whoever's it is."""
        ...

    async def put(self, tx: Tx, saved: SavedFilter) -> None:
        """Keep a filter, a new one or instead of its former self; raises `FilterTaken` and `TooManyFilters`."""
        ...

    async def remove(self, tx: Tx, saved: SavedFilter) -> None:
        """Have it no more."""
        ...


class MongoSavedFilters:
    """The saved filters in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(SAVED)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def all(self, tenant: str, technician_id: str) -> list[SavedFilter]:
        rows = await self._rows.find(usable_query(tenant, technician_id), hint="name")
        return _by_name([_saved(row) for row in rows])

    async def get(self, tenant: str, filter_id: str) -> SavedFilter | None:
        row = await self._rows.find_one({"_id": filter_id, "tenant": tenant})
        return None if row is None else _saved(row)

    async def put(self, tx: Tx, saved: SavedFilter) -> None:
        session = session_of(tx)
        owned = {"tenant": saved.tenant, "owner": saved.owner}
        others = await self._rows.find(owned, projection={"_id": 1}, limit=MOST, session=session)
        if len(others) >= MOST and all(row["_id"] != saved.id for row in others):
            raise TooManyFilters
        try:
            await self._rows.replace_one(
                {"_id": saved.id}, _row(saved), upsert=True, session=session
            )
        except DuplicateKey as error:
            raise FilterTaken from error

    async def remove(self, tx: Tx, saved: SavedFilter) -> None:
        await self._rows.delete_one({"_id": saved.id}, session=session_of(tx))


def usable_query(tenant: str, technician_id: str) -> Document:
    """What MongoDB is asked for the filters of a technician."""
    return {"tenant": tenant, "owner": {"$in": [None, technician_id]}}


def _row(saved: SavedFilter) -> Document:
    return {
        "_id": saved.id,
        "tenant": saved.tenant,
        "owner": saved.owner,
        "author": saved.author,
        "name": saved.name,
        "folded": folded(saved.name),
        "listed": saved.listed,
        "filter": saved.filter.model_dump(mode="json", exclude_defaults=True),
        "sort": saved.sort,
        "direction": saved.direction,
    }


def _saved(row: Document) -> SavedFilter:
    told = {name: row[name] for name in ("tenant", "name", "owner", "author", "listed")}
    chosen = CaseFilter.model_validate(row["filter"])
    return SavedFilter(
        id=row["_id"], filter=chosen, sort=row["sort"], direction=row["direction"], **told
    )


def _by_name(saved: Sequence[SavedFilter]) -> list[SavedFilter]:
    return sorted(saved, key=lambda it: (folded(it.name), it.owner or ""))


class FakeSavedFilters:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._saved: dict[str, SavedFilter] = storage.table(SAVED)

    async def all(self, tenant: str, technician_id: str) -> list[SavedFilter]:
        mine = [it for it in self._saved.values() if it.owner in {None, technician_id}]
        return _by_name([it for it in mine if it.tenant == tenant])

    async def get(self, tenant: str, filter_id: str) -> SavedFilter | None:
        saved = self._saved.get(filter_id)
        return saved if saved and saved.tenant == tenant else None

    async def put(self, tx: Tx, saved: SavedFilter) -> None:
        others = [
            it
            for it in self._saved.values()
            if (it.tenant, it.owner) == (saved.tenant, saved.owner) and it.id != saved.id
        ]
        if len(others) >= MOST:
            raise TooManyFilters
        if any(folded(it.name) == folded(saved.name) for it in others):
            raise FilterTaken
        self._saved[saved.id] = saved

    async def remove(self, tx: Tx, saved: SavedFilter) -> None:
        self._saved.pop(saved.id, None)
