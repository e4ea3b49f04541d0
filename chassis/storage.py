"""State, the messages that tell of it, and the note that a message was handled: one transaction.

Handlers get a `Tx` from whoever calls them and never commit or publish themselves. What they emit
is encoded (personal data as ciphertext) into the `outbox` collection by the same transaction; the
publisher takes it from there. `FakeStorage` keeps the same promises in memory.
"""

import asyncio
import copy
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Protocol, TypeVar
from zlib import crc32

from chassis import tracing
from chassis.audit import notes_of
from chassis.clock import Clock, SystemClock
from chassis.codec import Record, encode
from chassis.failpoints import failpoint
from chassis.keyring import KeySource
from chassis.mongo import (
    Collection,
    Database,
    Document,
    DuplicateKey,
    Index,
    Insert,
    Session,
    Write,
)
from contracts.audit import AuditNoted
from contracts.envelope import Message

OUTBOX, INBOX = "outbox", "inbox"
SHARDS = 8
"""Keys are spread over this many parts, so that several publishers can share the work."""
PUBLISHED_KEPT = timedelta(days=30)
"""As long as the topics keep theirs: a broker that begins anew can be given everything again."""
HANDLED_KEPT = timedelta(days=45)
"""Longer than any topic keeps a record, so that nothing can be handled twice."""

INDEXES = {
    OUTBOX: [
        # Only what is still to be published is in this index, so that it stays as small as the backlog.
        Index(
            [("shard", 1), ("key", 1), ("aggregate_version", 1), ("created_at", 1), ("place", 1)],
            name="pending",
            partialFilterExpression={"pending": True},
        ),
        Index(
            [("published_at", 1)],
            name="purge",
            expireAfterSeconds=int(PUBLISHED_KEPT.total_seconds()),
        ),
        # A case that is erased takes what was told of it along.
        Index([("key", 1)], name="of_key"),
    ],
    INBOX: [Index([("at", 1)], name="purge", expireAfterSeconds=int(HANDLED_KEPT.total_seconds()))],
}

T = TypeVar("T")


class Tx(Protocol):
    """One transaction; a store's methods take it first."""

    seq: int
    """The position (`epoch * 2**40 + offset`) of the record being handled; 0 outside of the bus."""

    def emit(self, *messages: Message) -> None:
        """Appends to the outbox when the transaction commits; nothing is published before."""
        ...

    def afterwards(self, note: Callable[[], None]) -> None:
        """Calls `note` once the transaction has committed, and never if it does not: for what is measured."""
        ...


class Storage(Protocol):
    """Runs work in transactions."""

    committed: asyncio.Event
    """Set by every commit that emitted something; the publisher waits for it."""

    async def transact(
        self, work: Callable[[Tx], Awaitable[T]], *, once: str | None = None, seq: int = 0
    ) -> T | None:
        """Commits what `work` does, or nothing of it.

        `work` may run several times; only its last run counts. With `once` it is skipped, and None
        returned, when a transaction with that id was committed before.
        """
        ...

    async def transact_all(
        self, work: Callable[[Tx, set[str]], Awaitable[None]], once: Sequence[str]
    ) -> None:
        """As `transact` for many ids at once: `work` is told which of them are new."""
        ...


class MongoTx:
    """A transaction on MongoDB; stores pass `session` on to every operation."""

    def __init__(self, session: Session, seq: int = 0) -> None:
        self.session = session
        self.seq = seq
        self.messages: list[Message] = []
        self.notes: list[Callable[[], None]] = []
        self._later: dict[Collection, list[Write]] = {}

    def emit(self, *messages: Message) -> None:
        self.messages.extend(messages)

    def afterwards(self, note: Callable[[], None]) -> None:
        self.notes.append(note)

    def later(self, collection: Collection, write: Write) -> None:
        """Collects what need not be written at once, so that many writes are one command."""
        self._later.setdefault(collection, []).append(write)

    async def write(self) -> None:
        """Writes what was collected."""
        collected, self._later = self._later, {}
        for collection, writes in collected.items():
            await collection.write(writes, session=self.session)


def session_of(tx: Tx) -> Session:
    """The driver's session of a transaction that MongoStorage runs."""
    return _on_mongo(tx).session


def later(tx: Tx, collection: Collection, write: Write) -> None:
    """Write it before the transaction ends, together with others; who reads there in it awaits `written` first."""
    _on_mongo(tx).later(collection, write)


async def written(tx: Tx) -> Session:
    """The session of a transaction in which everything has been written that was put off."""
    mongo = _on_mongo(tx)
    await mongo.write()
    return mongo.session


def _on_mongo(tx: Tx) -> MongoTx:
    if not isinstance(tx, MongoTx):
        raise TypeError(
            f"A store on MongoDB needs a transaction of MongoStorage, not {type(tx).__name__}."
        )
    return tx


class _HandledBefore(Exception):
    """The inbox has this id already."""


class MongoStorage:
    """Storage on a service's database. Raises DatabaseAway; the caller may then repeat the whole."""

    def __init__(self, database: Database, keyring: KeySource, clock: Clock | None = None) -> None:
        self.committed = asyncio.Event()
        self.database = database
        self._keyring = keyring
        self._clock = clock or SystemClock()
        self._inbox = database.collection(INBOX)
        self._outbox = database.collection(OUTBOX)
        self._prepared = False

    async def transact(
        self, work: Callable[[MongoTx], Awaitable[T]], *, once: str | None = None, seq: int = 0
    ) -> T | None:
        await self._prepare()

        async def attempt(session: Session) -> tuple[T, MongoTx]:
            await self._enter_inbox(once, session)
            tx = MongoTx(session, seq)
            result = await work(tx)
            await self._append(tx)
            return result, tx

        try:
            result, tx = await self.database.with_transaction(attempt)
        except _HandledBefore:
            return None
        await self._committed(tx)
        return result

    async def transact_all(
        self, work: Callable[[MongoTx, set[str]], Awaitable[None]], once: Sequence[str]
    ) -> None:
        await self._prepare()

        async def attempt(session: Session) -> MongoTx:
            tx = MongoTx(session)
            await work(tx, await self._enter_inbox_with_all(once, session))
            await self._append(tx)
            return tx

        await self._committed(await self.database.with_transaction(attempt))

    async def _committed(self, tx: MongoTx) -> None:
        if tx.messages:
            self.committed.set()
        for note in tx.notes:
            note()
        await failpoint("transaction.after_commit")

    async def _prepare(self) -> None:
        if not self._prepared:
            await self.database.ensure_indexes(INDEXES)
            self._prepared = True

    async def _enter_inbox(self, once: str | None, session: Session) -> None:
        """First of all, so that a second handling ends before it has done anything."""
        if once is None:
            return
        try:
            await self._inbox.insert_one({"_id": once, "at": self._clock.now()}, session=session)
        except DuplicateKey as error:
            raise _HandledBefore from error

    async def _enter_inbox_with_all(self, once: Sequence[str], session: Session) -> set[str]:
        """Returns those that were not in it; if another instance enters one meanwhile, the commit fails."""
        known = await self._inbox.find(
            {"_id": {"$in": list(once)}}, projection={"_id": 1}, session=session
        )
        new = set(once) - {row["_id"] for row in known}
        now = self._clock.now()
        noted = [Insert({"_id": it, "at": now}) for it in new]
        await self._inbox.write(noted, session=session)
        return new

    async def _append(self, tx: MongoTx) -> None:
        told = [it for it in tx.messages if not await self._was_told(it, tx.session)]
        now = self._clock.now()
        for place, message in enumerate([*told, *notes_of(told)]):
            record = await encode(message, self._keyring)
            row = outbox_row(message, record, place) | {"created_at": now}
            tx.later(self._outbox, Insert(row))
        await tx.write()

    async def _was_told(self, message: Message, session: Session) -> bool:
        """A purge may be asked for again without an inbox that knows it, and its answer is the same then."""
        if not message.survives_erasure:
            return False
        return await self._outbox.find_one({"_id": message.id}, session=session) is not None


def outbox_row(message: Message, record: Record, place: int) -> Document:
    """What the publisher needs, with the record as it will stand on the topic."""
    lasting = {"lasting": True} if message.survives_erasure else {}
    return lasting | {
        "_id": message.id,
        "topic": record.topic,
        "key": record.key,
        "value": record.value,
        "headers": [[name, value] for name, value in tracing.onward(record.headers)],
        "aggregate_version": message.aggregate_version,
        "place": place,
        "shard": crc32(record.key.encode()) % SHARDS,
        "pending": True,
    }


class FakeTx:
    """A transaction of FakeStorage."""

    def __init__(self, seq: int = 0) -> None:
        self.seq = seq
        self.messages: list[Message] = []
        self.notes: list[Callable[[], None]] = []

    def emit(self, *messages: Message) -> None:
        self.messages.extend(messages)

    def afterwards(self, note: Callable[[], None]) -> None:
        self.notes.append(note)


class FakeStorage:
    """Storage in memory. State that lives in a `table` is rolled back with its transaction."""

    def __init__(self) -> None:
        self.committed = asyncio.Event()
        self.emitted: list[Message] = []
        self.noted: list[AuditNoted] = []
        """What went to the audit log beside it."""
        self._handled: set[str] = set()
        self._tables: dict[str, dict[str, Any]] = {}
        self._one_at_a_time = asyncio.Lock()

    def table(self, name: str) -> dict[str, Any]:
        """The rows of this name by id: always the same dictionary."""
        return self._tables.setdefault(name, {})

    async def transact(
        self, work: Callable[[FakeTx], Awaitable[T]], *, once: str | None = None, seq: int = 0
    ) -> T | None:
        async with self._one_at_a_time:
            if once in self._handled:
                return None
            tx = FakeTx(seq)
            before = copy.deepcopy(self._tables)
            try:
                result = await work(tx)
            except BaseException:
                self._restore(before)
                raise
            self._commit(tx, once)
            return result

    async def transact_all(
        self, work: Callable[[FakeTx, set[str]], Awaitable[None]], once: Sequence[str]
    ) -> None:
        async def those_that_are_new(tx: FakeTx) -> None:
            await work(tx, set(once) - self._handled)

        await self.transact(those_that_are_new)
        self._handled |= set(once)

    def _restore(self, before: dict[str, dict[str, Any]]) -> None:
        for name, rows in self._tables.items():
            rows.clear()
            rows.update(before.get(name, {}))

    def _commit(self, tx: FakeTx, once: str | None) -> None:
        if once is not None:
            self._handled.add(once)
        self.emitted += [it for it in tx.messages if not isinstance(it, AuditNoted)]
        self.noted += [it for it in tx.messages if isinstance(it, AuditNoted)]
        self.noted += notes_of(tx.messages)
        if tx.messages:
            self.committed.set()
        for note in tx.notes:
            note()
