"""One suite for the mails that came in, in memory and on MongoDB; and the plans of what MongoDB is asked."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar, cast

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import Erased, FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from services.notify.incoming import Attachment
from services.notify.received_store import (
    CHUNK,
    PIECES,
    RECEIVED,
    FakeReceivedStore,
    MongoReceivedStore,
    Received,
    ReceivedStore,
    sender_query,
)
from services.notify.tests.examples import AT, CASE, COMPANY, TENANT

T = TypeVar("T")
MINUTE = timedelta(minutes=1)


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: ReceivedStore

    async def ask(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return cast(T, await self.storage.transact(work))

    async def add(self, raw: bytes = b"raw", **different: Any) -> Received:
        line = replace(received(), **{"size": len(raw), **different})
        await self.ask(lambda tx: self.store.add(tx, line, raw))
        return line


def received() -> Received:
    return Received(
        id=new_id(),
        tenant=TENANT,
        company_id=COMPANY,
        case_id=CASE,
        received_at=AT,
        opens=True,
        automatic=False,
        answered=True,
        sender_digest="d",
        size=0,
        name="Jané",
        address="jane@example.com",
        subject="Printer",
        message_id="<1@x>",
        attachments=(Attachment("a.csv", "text/csv", 3),),
    )


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeReceivedStore(storage))
    keyring = FakeKeyring()
    for case_id in (CASE, derived_id("other")):
        await keyring.create(case_id)
    store = MongoReceivedStore(memory_or_mongo, keyring)
    await store.prepare()
    return Kept(MongoStorage(memory_or_mongo, keyring), store)


async def test_a_mail_comes_back_as_it_came_in_whatever_size(kept: Kept) -> None:
    for raw in (b"", b"short", bytes(CHUNK), bytes(CHUNK) + b"more"):
        line = await kept.add(raw)
        assert await kept.store.find(line.id) == line
        assert await kept.store.raw(line) == raw
        assert await kept.ask(lambda tx, it=line: kept.store.has(tx, it.id))  # type: ignore[misc]
    assert not await kept.ask(lambda tx: kept.store.has(tx, new_id()))


async def test_the_mails_of_a_case_and_the_one_that_it_began_with(kept: Kept) -> None:
    answer = await kept.add(opens=False, received_at=AT + MINUTE)
    first = await kept.add()
    other = await kept.add(case_id=derived_id("other"), opens=False)
    assert await kept.store.of_case(CASE) == [first, answer]
    assert await kept.store.opening(None, CASE) == first
    assert await kept.store.opening(None, other.case_id) is None


async def test_how_often_somebody_has_written(kept: Kept) -> None:
    for minutes in range(4):
        await kept.add(received_at=AT + MINUTE * minutes)
    await kept.add(sender_digest="another")
    count = await kept.ask(lambda tx: kept.store.sent_by(tx, "d", AT, 10))
    assert count == 3
    assert await kept.ask(lambda tx: kept.store.sent_by(tx, "d", AT - MINUTE, 2)) == 2


@pytest.mark.mongo
async def test_of_a_deleted_case_nothing_is_read_and_then_nothing_is_left(
    mongo_database: Database,
) -> None:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    store = MongoReceivedStore(mongo_database, keyring)
    await store.prepare()
    here = Kept(MongoStorage(mongo_database, keyring), store)
    line = await here.add(bytes(CHUNK + 1))
    await keyring.erase(CASE)
    assert await store.find(line.id) is None
    assert await store.of_case(CASE) == []
    with pytest.raises(Erased):
        await store.raw(line)
    assert {name: await purge(CASE) for name, purge in store.holdings().items()} == {
        PIECES: 2,
        RECEIVED: 1,
    }


@pytest.mark.mongo
async def test_no_question_looks_at_every_mail(mongo_database: Database) -> None:
    await MongoReceivedStore(mongo_database, FakeKeyring()).prepare()
    rows, pieces = mongo_database.collection(RECEIVED), mongo_database.collection(PIECES)
    plans = {
        "of_case": await rows.explain({"case_id": CASE}, sort=[("received_at", 1)]),
        "of_sender": await rows.explain(sender_query("d", AT), limit=5),
    }
    plans["of_case "] = await pieces.explain({"case_id": CASE})
    for index, plan in plans.items():
        assert index.strip() in repr(plan)
        assert "COLLSCAN" not in repr(plan)
    assert (await rows.explain({"_id": "1"}))["stage"] == "IDHACK"
