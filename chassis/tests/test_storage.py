"""One suite on the fake and on MongoDB: state, messages and the inbox note stand or fall together."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import pytest

from chassis.failpoints import FailpointRaised, arm
from chassis.ids import new_id
from chassis.keyring import FakeKeyring, KeyUnknown
from chassis.mongo import Database
from chassis.storage import (
    OUTBOX,
    FakeStorage,
    FakeTx,
    MongoStorage,
    Storage,
    Tx,
    session_of,
)
from chassis.tests.messages import alert, said
from contracts.envelope import Message


class Rows(Protocol):
    """The least that a service's store does."""

    async def put(self, tx: Tx, row: str) -> None: ...
    async def all(self) -> set[str]: ...


class FakeRows:
    def __init__(self, storage: FakeStorage) -> None:
        self._rows = storage.table("rows")

    async def put(self, tx: Tx, row: str) -> None:
        self._rows[row] = True

    async def all(self) -> set[str]:
        return set(self._rows)


class MongoRows:
    def __init__(self, database: Database) -> None:
        self._rows = database.collection("rows")

    async def put(self, tx: Tx, row: str) -> None:
        await self._rows.insert_one({"_id": row}, session=session_of(tx))

    async def all(self) -> set[str]:
        return {row["_id"] for row in await self._rows.find({})}


@dataclass
class Scene:
    storage: Storage
    rows: Rows
    emitted: Callable[[], Awaitable[list[str]]]


@pytest.fixture(params=["fake", "mongo"])
def scene(request: pytest.FixtureRequest) -> Scene:
    if request.param == "fake":
        fake = FakeStorage()

        async def emitted() -> list[str]:
            return [message.id for message in fake.emitted]

        return Scene(fake, FakeRows(fake), emitted)
    database: Database = request.getfixturevalue("mongo_database")

    async def outbox() -> list[str]:
        rows = await database.collection(OUTBOX).find({}, sort=[("place", 1)])
        return [row["_id"] for row in rows]

    return Scene(MongoStorage(database, FakeKeyring()), MongoRows(database), outbox)


def working(scene: Scene, row: str, *messages: Message) -> Callable[[Tx], Awaitable[str]]:
    async def work(tx: Tx) -> str:
        await scene.rows.put(tx, row)
        tx.emit(*messages)
        return row

    return work


async def test_state_and_messages_are_committed_together(scene: Scene) -> None:
    first, second = alert(new_id()), alert(new_id())
    assert await scene.storage.transact(working(scene, "a", first, second)) == "a"
    assert await scene.rows.all() == {"a"}
    assert await scene.emitted() == [first.id, second.id]
    assert scene.storage.committed.is_set()


async def test_what_is_noted_comes_after_the_commit_and_only_then(scene: Scene) -> None:
    noted: list[str] = []

    async def work(tx: Tx, *, fails: bool = False) -> None:
        await scene.rows.put(tx, "a")
        tx.afterwards(lambda: noted.append("done"))
        assert not noted
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await scene.storage.transact(lambda tx: work(tx, fails=True))
    assert noted == []
    await scene.storage.transact(work, once="x")
    await scene.storage.transact(work, once="x")
    assert noted == ["done"]


async def test_an_error_leaves_nothing(scene: Scene) -> None:
    async def fails(tx: Tx) -> None:
        await working(scene, "a", alert(new_id()))(tx)
        raise LookupError

    with pytest.raises(LookupError):
        await scene.storage.transact(fails, once="x")
    assert await scene.rows.all() == set()
    assert await scene.emitted() == []
    assert not scene.storage.committed.is_set()
    assert await scene.storage.transact(working(scene, "a"), once="x") == "a"


async def test_what_was_done_once_is_not_done_again(scene: Scene) -> None:
    assert await scene.storage.transact(working(scene, "a"), once="x") == "a"
    assert await scene.storage.transact(working(scene, "b", alert(new_id())), once="x") is None
    assert await scene.rows.all() == {"a"}
    assert await scene.emitted() == []


async def test_of_many_ids_those_that_are_new_are_done_in_one_transaction(scene: Scene) -> None:
    first = alert(new_id())
    await scene.storage.transact(working(scene, "x"), once="x")
    told: list[set[str]] = []

    async def work(tx: Tx, new: set[str], *, fails: bool = False) -> None:
        told.append(new)
        for row in sorted(new):
            await scene.rows.put(tx, row)
        tx.emit(first)
        if fails:
            raise LookupError

    with pytest.raises(LookupError):
        await scene.storage.transact_all(partial(work, fails=True), ["x", "y", "z"])
    assert await scene.rows.all() == {"x"}
    await scene.storage.transact_all(work, ["x", "y", "z"])
    assert await scene.rows.all() == {"x", "y", "z"}
    assert told[-1] == {"y", "z"}
    assert await scene.emitted() == [first.id]
    assert await scene.storage.transact(working(scene, "b"), once="y") is None


async def test_of_many_at_once_one_does_it(scene: Scene) -> None:
    work = [scene.storage.transact(working(scene, str(n)), once="x") for n in range(5)]
    assert len([done for done in await asyncio.gather(*work) if done is not None]) == 1
    assert len(await scene.rows.all()) == 1


async def test_a_commit_without_messages_wakes_nobody(scene: Scene) -> None:
    await scene.storage.transact(working(scene, "a"))
    assert not scene.storage.committed.is_set()


async def test_the_outbox_holds_no_personal_data(mongo_database: Database) -> None:
    keyring, case = FakeKeyring(), new_id()
    storage = MongoStorage(mongo_database, keyring)

    async def work(tx: Tx) -> None:
        tx.emit(said(case, "my password is hunter2"))

    with pytest.raises(KeyUnknown):
        await storage.transact(work)
    await keyring.create(case)
    await storage.transact(work)
    (row,) = await mongo_database.collection(OUTBOX).find({})
    assert b"hunter2" not in bytes(row["value"])
    assert (row["topic"], row["key"], row["pending"]) == ("chat-log", case, True)


async def test_a_crash_after_the_commit_finds_everything_committed(
    mongo_database: Database,
) -> None:
    storage = MongoStorage(mongo_database, FakeKeyring())
    await mongo_database.ensure_indexes({"rows": []})
    scene = Scene(storage, MongoRows(mongo_database), emitted=_nothing)
    arm("transaction.after_commit=raise@1")
    try:
        with pytest.raises(FailpointRaised):
            await storage.transact(working(scene, "a", alert(new_id())), once="x")
    finally:
        arm("")
    assert await storage.transact(working(scene, "b"), once="x") is None
    assert await scene.rows.all() == {"a"}


async def _nothing() -> list[Any]:
    return []


async def test_the_outbox_is_read_by_index(mongo_database: Database) -> None:
    storage = MongoStorage(mongo_database, FakeKeyring())
    await storage.transact(_emit_one)
    order = [("shard", 1), ("key", 1), ("aggregate_version", 1), ("created_at", 1), ("place", 1)]
    pending = {"pending": True, "shard": {"$in": [0, 1, 2]}, "key": {"$nin": ["x"]}}
    plan = str(await mongo_database.collection(OUTBOX).explain(pending, sort=order, limit=500))
    assert "COLLSCAN" not in plan
    assert "'stage': 'SORT'" not in plan


async def _emit_one(tx: Tx) -> None:
    tx.emit(alert(new_id()))


async def test_a_mongo_store_refuses_a_fake_transaction() -> None:
    with pytest.raises(TypeError):
        session_of(FakeTx())
