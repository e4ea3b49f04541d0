"""What a service purges of an erased case, and what it answers."""

from datetime import UTC, datetime
from functools import partial

import pytest

from chassis.clock import FakeClock
from chassis.dead_letters import DEAD_LETTERS, buried_query
from chassis.dead_letters import INDEXES as DEAD_LETTER_INDEXES
from chassis.erasure import (
    ConversationDeleted,
    Eraser,
    bus_holdings,
    erasures,
    outbox_query,
    parked_query,
    purging,
    purging_by_id,
)
from chassis.errors import RetryLater
from chassis.handling import Handler
from chassis.ids import new_id
from chassis.keyring import Erased, FakeKeyring
from chassis.mongo import Database, DatabaseAway, Index
from chassis.parking import INDEXES as PARKING_INDEXES
from chassis.parking import PARKED
from chassis.storage import OUTBOX, FakeStorage, MongoStorage, Tx
from chassis.tests.messages import alert, envelope
from contracts.erasure import CaseDeleted, ErasureAnswered, ErasureRequested, StorePurged

CASE, OTHER = new_id(), new_id()


def request(attempt: int = 1) -> ErasureRequested:
    return ErasureRequested(**envelope(CASE, attempt), attempt=attempt)


async def purges_two(_: str) -> int:
    return 2


async def is_away(_: str) -> int:
    raise DatabaseAway


async def is_faulty(_: str) -> int:
    raise KeyError(CASE)


async def test_each_store_is_purged_and_answered_for_the_key_first() -> None:
    keyring, asked = FakeKeyring(), request()
    await keyring.create(CASE)
    answer = await Eraser("notify", keyring, {"mails": purges_two}, FakeClock()).erase(asked)
    assert answer.stores == (
        StorePurged(store="data_key", removed=1),
        StorePurged(store="mails", removed=2),
    )
    assert (answer.service, answer.attempt, answer.causation_id) == ("notify", 1, asked.id)
    with pytest.raises(Erased):
        await keyring.check(CASE)


async def test_a_store_that_cannot_be_purged_is_named_and_the_others_are_purged() -> None:
    holdings = {"files": is_away, "jobs": is_faulty, "mails": purges_two}
    answer = await Eraser("notify", FakeKeyring(), holdings, FakeClock()).erase(request())
    failed = {store.store: (store.removed, store.failed) for store in answer.stores}
    assert failed["files"] == (0, "DatabaseAway")
    assert failed["jobs"] == (0, "KeyError")
    assert failed["mails"] == (2, "")


async def test_what_a_try_removed_whose_answer_was_lost_is_told_by_the_next() -> None:
    keyring, asked, left = FakeKeyring(), request(), [3]
    await keyring.create(CASE)

    async def purges_what_is_left(_: str) -> int:
        return left.pop() if left else 0

    eraser = Eraser("notify", keyring, {"mails": purges_what_is_left}, FakeClock())
    first = await eraser.erase(asked)
    assert (await eraser.erase(asked)).stores == first.stores
    assert [it.removed for it in first.stores] == [1, 3]
    again = await eraser.erase(request(2))
    assert [it.removed for it in again.stores] == [0, 0]


async def test_while_the_key_cannot_be_destroyed_nothing_is_answered() -> None:
    class Away:
        async def erase(self, key_id: str) -> bool:
            raise RetryLater

    with pytest.raises(RetryLater):
        await Eraser("notify", Away(), {}, FakeClock()).erase(request())


async def test_the_answer_is_told_by_the_outbox_once_for_each_request() -> None:
    storage, keyring = FakeStorage(), FakeKeyring()
    subscription = erasures(Eraser("notify", keyring, {}, FakeClock()))
    asked, again = request(), request(2)
    handle = subscription.handlers[ErasureRequested]
    for message in (asked, again, again):
        await storage.transact(partial(_handled, handle, message), once=message.id)
    answers = [it for it in storage.emitted if isinstance(it, ErasureAnswered)]
    assert [it.attempt for it in answers] == [1, 2]
    assert len({it.id for it in answers}) == 2


async def _handled(handle: Handler, message: ErasureRequested, tx: Tx) -> None:
    await handle(tx, message)


def test_people_are_told_and_the_bus_passes_over_it() -> None:
    error = ConversationDeleted()
    assert isinstance(error, Erased)
    assert (error.code, error.status) == ("conversation_deleted", 410)


# ---- stores --------------------------------------------------------------------------------------


@pytest.mark.mongo
async def test_only_what_is_of_the_case_is_removed(mongo_database: Database) -> None:
    things = mongo_database.collection("things")
    await mongo_database.ensure_indexes({"things": [Index([("case_id", 1)])]})
    for number, case_id in enumerate((CASE, CASE, OTHER)):
        await things.insert_one({"_id": f"{case_id}/{number}", "case_id": case_id})
    assert await purging(things, "case_id")(CASE) == 2
    assert await purging(things, "case_id")(CASE) == 0
    assert await purging_by_id(things, lambda case_id: [f"{case_id}/2"])(OTHER) == 1
    assert await things.find({}) == []


@pytest.mark.mongo
async def test_what_was_told_goes_but_not_that_it_was_deleted(mongo_database: Database) -> None:
    storage = MongoStorage(mongo_database, FakeKeyring())
    deleted = CaseDeleted(**envelope(CASE, 3), number=1001, technician_id=new_id())

    async def tell(tx: Tx) -> None:
        tx.emit(alert(CASE), alert(OTHER), deleted)

    await storage.transact(tell)
    await mongo_database.ensure_indexes(PARKING_INDEXES)
    at = datetime(2026, 1, 5, tzinfo=UTC)
    parked = {"topic": "case-events", "key": CASE, "aggregate_version": 1, "at": at}
    await mongo_database.collection(PARKED).insert_one({"_id": "late", **parked})
    dead = mongo_database.collection(DEAD_LETTERS)
    await dead.insert_one({"_id": "dead", "key": CASE.encode()})
    await dead.insert_one({"_id": "another's", "key": OTHER.encode()})
    holdings = bus_holdings(mongo_database)
    removed = {name: await purge(CASE) for name, purge in holdings.items()}
    assert removed == {OUTBOX: 1, PARKED: 1, DEAD_LETTERS: 1}
    assert [row["_id"] for row in await dead.find({})] == ["another's"]
    left = await mongo_database.collection(OUTBOX).find({})
    assert sorted(row["key"] for row in left) == sorted([OTHER, CASE])
    assert deleted.id in {row["_id"] for row in left}


@pytest.mark.mongo
async def test_nothing_is_searched_for_without_an_index(mongo_database: Database) -> None:
    await MongoStorage(mongo_database, FakeKeyring()).transact(lambda _: _nothing())
    await mongo_database.ensure_indexes(PARKING_INDEXES)
    await mongo_database.ensure_indexes(DEAD_LETTER_INDEXES)
    queries = {
        OUTBOX: outbox_query(CASE),
        PARKED: parked_query(CASE),
        DEAD_LETTERS: buried_query(CASE),
    }
    for name, query in queries.items():
        plan = str(await mongo_database.collection(name).explain(query))
        assert "COLLSCAN" not in plan, name


async def _nothing() -> None:
    return None
