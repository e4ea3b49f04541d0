"""The only module that knows a MongoDB driver; its events are in `mongo_watch`, its errors in `mongo_errors`.

motor is the driver. It has reached its end of life, so the same adapter also drives PyMongo's
AsyncMongoClient, and its tests run on both: the swap is the default value of `driver`.
"""

import asyncio
import contextlib
import inspect
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from motor.motor_asyncio import AsyncIOMotorClient
from pymongo import (
    AsyncMongoClient,
    IndexModel,
    InsertOne,
    ReturnDocument,
    UpdateOne,
    WriteConcern,
)
from pymongo.errors import BulkWriteError, CollectionInvalid, OperationFailure
from pymongo.read_concern import ReadConcern

from chassis.mongo_errors import (
    DatabaseAway,
    DuplicateKey,
    has_duplicate,
    ids_there_already,
    is_conflict,
    translated,
)
from chassis.mongo_watch import listeners

__all__ = [
    "Collection",
    "Database",
    "DatabaseAway",
    "Document",
    "Driver",
    "DuplicateKey",
    "Filter",
    "Index",
    "Insert",
    "Session",
    "Sort",
    "Update",
    "Write",
    "translated",
]

Index = IndexModel
Document = dict[str, Any]
Filter = Mapping[str, Any]
Sort = Sequence[tuple[str, int]]
Driver = Literal["motor", "pymongo"]
Session = Any
"""A driver's session with a transaction open in it; only passed on, never called, outside of this module."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Insert:
    """A new document."""

    document: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Update:
    """A change of one document, which with `upsert` need not be there."""

    query: Filter
    update: Mapping[str, Any]
    upsert: bool = False


Write = Insert | Update

_NAMESPACE_EXISTS = 48
_INDEX_NOT_FOUND = 27
_TRANSACTION_SECONDS = 5.0
"""How long a transaction is tried anew after conflicts, before its caller hears of it."""
_OPTIONS: dict[str, Any] = {
    "w": "majority",
    "journal": True,
    "wTimeoutMS": 10_000,
    "readConcernLevel": "majority",
    "tz_aware": True,
    "serverSelectionTimeoutMS": 2_000,
    "connectTimeoutMS": 2_000,
    "socketTimeoutMS": 20_000,
}


async def _settled(value: Any) -> Any:
    """The two drivers differ in which of their calls are awaited."""
    return await value if inspect.isawaitable(value) else value


async def _finished(begun: Awaitable[T]) -> T:
    """What was begun ends before a cancellation goes on.

    motor goes on with a commit in its thread: to abort it meanwhile is refused, and that error would
    stand in the place of the cancellation, so that a job that was told to stop would begin again.
    """
    task = asyncio.ensure_future(begun)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        task.cancelled() or task.exception()  # taken note of
        raise


class Collection:
    """The operations that Deskbus uses; every one raises DatabaseAway, and DuplicateKey where it writes."""

    def __init__(self, driven: Any) -> None:
        self._driven = driven

    async def find_one(
        self,
        query: Filter,
        *,
        sort: Sort | None = None,
        projection: Mapping[str, Any] | None = None,
        session: Session | None = None,
    ) -> Document | None:
        with translated():
            found = await self._driven.find_one(query, projection, sort=sort, session=session)
        return None if found is None else dict(found)

    async def find(  # noqa: PLR0913 - the options are the driver's own
        self,
        query: Filter,
        *,
        sort: Sort | None = None,
        skip: int = 0,
        limit: int = 0,
        projection: Mapping[str, Any] | None = None,
        hint: Sort | str | None = None,
        session: Session | None = None,
    ) -> list[Document]:
        with translated():
            cursor = self._driven.find(
                query, projection, skip, limit, sort=sort, hint=hint, session=session
            )
            return list(await cursor.to_list(None))

    async def insert_one(
        self, document: Mapping[str, Any], *, session: Session | None = None
    ) -> None:
        with translated():
            await self._driven.insert_one(document, session=session)

    async def write(self, writes: Sequence[Write], *, session: Session | None = None) -> None:
        """All of them in few commands, in their order, until one fails."""
        if not writes:
            return
        with translated():
            try:
                await self._driven.bulk_write([_driven(it) for it in writes], session=session)
            except BulkWriteError as error:
                if has_duplicate(error):
                    raise DuplicateKey from error
                raise

    async def insert_many_new(
        self, documents: Sequence[Mapping[str, Any]], *, session: Session | None = None
    ) -> set[str]:
        """Inserts, unordered, what is not there yet; returns the ids that already were.

        Inside a transaction MongoDB aborts at the first duplicate: call it outside of one.
        """
        if not documents:
            return set()
        with translated():
            try:
                await self._driven.insert_many(documents, ordered=False, session=session)
            except BulkWriteError as error:
                return ids_there_already(error, documents)
        return set()

    async def update_one(
        self,
        query: Filter,
        update: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        upsert: bool = False,
        session: Session | None = None,
    ) -> int:
        """Returns how many documents matched: 0 or 1; an inserted one did not match."""
        with translated():
            result = await self._driven.update_one(query, update, upsert=upsert, session=session)
        return int(result.matched_count)

    async def update_many(
        self,
        query: Filter,
        update: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        session: Session | None = None,
    ) -> int:
        with translated():
            result = await self._driven.update_many(query, update, session=session)
        return int(result.matched_count)

    async def find_one_and_update(
        self,
        query: Filter,
        update: Mapping[str, Any] | Sequence[Mapping[str, Any]],
        *,
        upsert: bool = False,
        sort: Sort | None = None,
        session: Session | None = None,
    ) -> Document | None:
        """Returns the document as it is after the update, or None when nothing matched."""
        with translated():
            found = await self._driven.find_one_and_update(
                query,
                update,
                upsert=upsert,
                sort=sort,
                return_document=ReturnDocument.AFTER,
                session=session,
            )
        return None if found is None else dict(found)

    async def replace_one(
        self,
        query: Filter,
        document: Mapping[str, Any],
        *,
        upsert: bool = False,
        session: Session | None = None,
    ) -> int:
        with translated():
            result = await self._driven.replace_one(query, document, upsert=upsert, session=session)
        return int(result.matched_count)

    async def delete_one(self, query: Filter, *, session: Session | None = None) -> int:
        with translated():
            result = await self._driven.delete_one(query, session=session)
        return int(result.deleted_count)

    async def delete_many(self, query: Filter, *, session: Session | None = None) -> int:
        with translated():
            result = await self._driven.delete_many(query, session=session)
        return int(result.deleted_count)

    async def aggregate(
        self,
        pipeline: Sequence[Mapping[str, Any]],
        *,
        hint: str | None = None,
        session: Session | None = None,
    ) -> list[Document]:
        named = {} if hint is None else {"hint": hint}
        with translated():
            cursor = await _settled(self._driven.aggregate(pipeline, session=session, **named))
            return list(await cursor.to_list(None))

    async def explain(
        self, query: Filter, sort: Sort | None = None, limit: int = 0, hint: str | None = None
    ) -> Document:
        """The plan that MongoDB chooses for this query: `stage`, `inputStage`, `indexName`, ..."""
        with translated():
            explained = await self._driven.find(query, sort=sort, limit=limit, hint=hint).explain()
        return dict(explained["queryPlanner"]["winningPlan"])


def _driven(write: Write) -> InsertOne[Document] | UpdateOne:
    if isinstance(write, Insert):
        return InsertOne(dict(write.document))
    return UpdateOne(write.query, write.update, upsert=write.upsert)


class Database:
    """One service's database."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._driven = client[name]
        self.name = name

    @classmethod
    @contextlib.asynccontextmanager
    async def connect(
        cls, url: str, name: str, driver: Driver = "motor"
    ) -> AsyncIterator["Database"]:
        """Connects lazily: an absent server shows at the first operation, as DatabaseAway."""
        kind: Any = AsyncIOMotorClient if driver == "motor" else AsyncMongoClient
        client = kind(url, **_OPTIONS, event_listeners=listeners(name.rpartition("_")[2]))
        try:
            yield cls(client, name)
        finally:
            # motor's close talks to the server while it blocks, so it gets a thread of its own.
            await (asyncio.to_thread(client.close) if driver == "motor" else client.close())

    def collection(self, name: str) -> Collection:
        return Collection(self._driven[name])

    async def ping(self) -> None:
        """Raises DatabaseAway unless a primary answers."""
        with translated():
            await self._driven.command("ping")

    async def ensure_indexes(self, indexes: Mapping[str, Sequence[Index]]) -> None:
        """Creates what is missing, by collection name. Collections too: a transaction may not create one."""
        with translated():
            there = set(await self._driven.list_collection_names())
            for name, wanted in indexes.items():
                if name not in there:
                    await self._create_collection(name)
                if wanted:
                    await self._driven[name].create_indexes(list(wanted))

    async def indexes_there(self, collection: str) -> set[str]:
        """The names of its indexes; none if there is no such collection."""
        with translated():
            return set(await self._driven[collection].index_information())

    async def drop_index(self, collection: str, name: str) -> None:
        """Removes an index; also where another instance was faster."""
        with translated():
            try:
                await self._driven[collection].drop_index(name)
            except OperationFailure as error:
                if error.code != _INDEX_NOT_FOUND:
                    raise

    async def _create_collection(self, name: str) -> None:
        try:
            await self._driven.create_collection(name)
        except CollectionInvalid:
            return
        except OperationFailure as error:
            # Another instance created it between our look and now.
            if error.code != _NAMESPACE_EXISTS:
                raise

    async def drop(self) -> None:
        """Removes the database and everything in it."""
        with translated():
            await self._client.drop_database(self._driven.name)

    async def with_transaction(self, work: Callable[[Session], Awaitable[T]]) -> T:
        """Runs `work` in one transaction: snapshot reads, journalled majority commit.

        `work` runs again, from its beginning, after a conflict. The drivers' own helper would try for
        two minutes; callers here rather hear DatabaseAway after a few seconds and decide themselves.
        An unknown outcome of a commit is DatabaseAway too, so callers must be able to repeat themselves.
        """
        deadline = time.monotonic() + _TRANSACTION_SECONDS
        with translated():
            session = await _settled(self._client.start_session())
        async with session:
            while True:
                try:
                    return await self._attempt(session, work)
                except DatabaseAway as error:
                    if not is_conflict(error.__cause__) or time.monotonic() > deadline:
                        raise
                await asyncio.sleep(random.uniform(0.001, 0.02))  # noqa: S311 - jitter, not a secret

    async def _attempt(self, session: Session, work: Callable[[Session], Awaitable[T]]) -> T:
        transaction = session.start_transaction(
            read_concern=ReadConcern("snapshot"),
            write_concern=WriteConcern("majority", j=True, wtimeout=10_000),
        )
        async with await _settled(transaction):
            result = await work(session)
            with translated():
                await _finished(session.commit_transaction())
        return result
