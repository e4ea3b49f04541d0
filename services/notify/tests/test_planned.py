"""One suite for the planned mails in memory and those on MongoDB."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar, cast

import pytest

from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from contracts.notify import SendMail
from services.notify.planned import (
    PLANNED,
    FakePlannedStore,
    MongoPlannedStore,
    PlannedStore,
)
from services.notify.tests.examples import CASE, mail

T = TypeVar("T")


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: PlannedStore

    async def ask(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return cast(T, await self.storage.transact(work))

    async def put(self, version: int, planned: SendMail | None) -> None:
        await self.ask(lambda tx: self.store.put(tx, CASE, version, planned))

    async def take(self) -> SendMail | None:
        return await self.ask(lambda tx: self.store.take(tx, CASE))

    async def version(self, case_id: str = CASE) -> int:
        return await self.ask(lambda tx: self.store.version(tx, case_id))


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    store = MongoPlannedStore(database, keyring)
    await store.prepare()
    await keyring.create(CASE)
    return Kept(MongoStorage(database, keyring), store)


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakePlannedStore(storage))
    return await on_mongo(memory_or_mongo, FakeKeyring())


async def test_what_is_planned_is_taken_once(kept: Kept) -> None:
    planned = mail(kind="survey")
    await kept.put(3, planned)
    assert await kept.take() == planned
    assert await kept.take() is None
    assert await kept.version() == 3


async def test_what_is_dropped_is_gone_and_its_version_stays(kept: Kept) -> None:
    await kept.put(3, mail(kind="survey"))
    await kept.put(4, None)
    assert await kept.take() is None
    assert await kept.version() == 4


async def test_of_a_case_that_never_was_nothing_is_known(kept: Kept) -> None:
    assert await kept.version(new_id()) == 0
    assert await kept.take() is None


async def test_a_plan_is_undone_with_its_transaction(kept: Kept) -> None:
    await kept.put(3, mail(kind="survey"))

    async def rolled_back(tx: Tx) -> None:
        assert await kept.store.take(tx, CASE) is not None
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await kept.ask(rolled_back)
    assert await kept.take() is not None


# ---- on MongoDB only -----------------------------------------------------------------------------


async def test_nothing_personal_is_readable_in_the_database(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.put(3, mail(kind="survey"))
    row = await mongo_database.collection(PLANNED).find_one({"_id": CASE})
    assert row is not None
    assert b"cleo" not in row["sealed"]
    assert set(row) == {"_id", "version", "sealed"}


async def test_of_an_erased_case_nothing_is_sent(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(3, mail(kind="survey"))
    await keyring.erase(CASE)
    assert await kept.take() is None
