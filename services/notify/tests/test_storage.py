"""One suite for the store in memory and the one on MongoDB."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar, cast

import pytest

from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from services.notify import domain
from services.notify.domain import Waiting
from services.notify.storage import (
    DECISIONS,
    WAITS,
    AlertStore,
    FakeAlertStore,
    MongoAlertStore,
)
from services.notify.tests.examples import ANN, AT, BEN, CASE, COMPANY, TENANT, technician

T = TypeVar("T")
WAITING = Waiting(CASE, TENANT, COMPANY, 1001, new_id(), new_id())


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: AlertStore

    async def ask(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return cast(T, await self.storage.transact(work))


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeAlertStore(storage))
    store = MongoAlertStore(memory_or_mongo)
    await store.prepare()
    return Kept(MongoStorage(memory_or_mongo, FakeKeyring()), store)


async def test_a_wait_comes_back_as_it_was_until_it_ends(kept: Kept) -> None:
    assert await kept.ask(lambda tx: kept.store.wait_of(tx, CASE)) is None
    for waiting in (WAITING, replace(WAITING, told=2)):
        await kept.ask(lambda tx, w=waiting: kept.store.put_wait(tx, w))  # type: ignore[misc]
        assert await kept.ask(lambda tx: kept.store.wait_of(tx, CASE)) == waiting
    for _ in range(2):
        await kept.ask(lambda tx: kept.store.end_wait(tx, CASE))
    assert await kept.ask(lambda tx: kept.store.wait_of(tx, CASE)) is None


async def test_the_ledger_knows_what_was_decided(kept: Kept) -> None:
    alert = domain.decide(WAITING, [technician(ANN)], AT, 1)
    assert not await kept.ask(lambda tx: kept.store.was_decided(tx, alert.id))
    await kept.ask(lambda tx: kept.store.record(tx, alert))
    assert await kept.ask(lambda tx: kept.store.was_decided(tx, alert.id))
    assert not await kept.ask(lambda tx: kept.store.was_decided(tx, new_id()))


async def test_what_is_rolled_back_was_not_decided(kept: Kept) -> None:
    alert = domain.decide(WAITING, [], AT, 1)

    async def work(tx: Tx) -> None:
        await kept.store.record(tx, alert)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await kept.ask(work)
    assert not await kept.ask(lambda tx: kept.store.was_decided(tx, alert.id))


async def test_the_decisions_on_a_case_come_back_in_their_order(kept: Kept) -> None:
    people = [technician(ANN), technician(BEN, available=False)]
    again = domain.decide(replace(WAITING, told=1), [], AT + timedelta(minutes=1), 2)
    other = domain.decide(replace(WAITING, case_id=new_id()), people, AT, 1)
    for alert in (again, domain.decide(WAITING, people, AT, 1), other):
        await kept.ask(lambda tx, a=alert: kept.store.record(tx, a))  # type: ignore[misc]
    first, second = await kept.store.decisions_on(CASE)
    assert (first.alert, first.decided_at, first.company_id) == ("waiting", AT, COMPANY)
    assert [(it.technician_id, it.told) for it in first.considered] == [(ANN, True), (BEN, False)]
    assert (second.alert, second.considered) == ("waiting_again", ())


# ---- on MongoDB only -----------------------------------------------------------------------------


async def test_a_line_of_the_ledger_answers_why_somebody_was_not_told(
    mongo_database: Database,
) -> None:
    store = MongoAlertStore(mongo_database)
    await store.prepare()
    alert = domain.decide(WAITING, [technician(ANN), technician(BEN, available=False)], AT, 1)
    await MongoStorage(mongo_database, FakeKeyring()).transact(lambda tx: store.record(tx, alert))
    line = await mongo_database.collection(DECISIONS).find_one({"_id": alert.id})
    assert line == {
        "_id": alert.id,
        "tenant": WAITING.tenant,
        "company_id": WAITING.company_id,
        "case_id": CASE,
        "alert": "waiting",
        "decided_at": AT,
        "considered": [
            {"technician_id": ANN, "told": True, "reason": "available", "mailed": False},
            {"technician_id": BEN, "told": False, "reason": "not_available", "mailed": False},
        ],
    }


@pytest.mark.parametrize("name", [WAITS, DECISIONS])
async def test_everything_is_asked_for_by_its_id(mongo_database: Database, name: str) -> None:
    await MongoAlertStore(mongo_database).prepare()
    plan = await mongo_database.collection(name).explain({"_id": CASE})
    assert plan["stage"] == "IDHACK"


async def test_the_decisions_on_a_case_are_found_by_their_index(mongo_database: Database) -> None:
    await MongoAlertStore(mongo_database).prepare()
    plan = await mongo_database.collection(DECISIONS).explain(
        {"case_id": CASE}, sort=[("decided_at", 1)]
    )
    assert (plan["stage"], plan["inputStage"]["indexName"]) == ("FETCH", "of_case")
