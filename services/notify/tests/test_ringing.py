"""How long a live chat rings is the account's to decide (X4)."""

from datetime import timedelta

import pytest

from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage
from chassis.tokens import Identity
from contracts.notify import AlertEscalated, AlertRaised
from services.notify.patience import FakePatience, MongoPatience, Patience, PatienceStore
from services.notify.tests.examples import ANN, TENANT, opened
from services.notify.tests.house import House

ADMIN = Identity("technician", ANN, TENANT, "", role="administrator")
OTHER_TENANT = derived_id("another account")
USUAL = Patience(timedelta(seconds=60), 3)


def told(house: House) -> list[str]:
    return [
        it.type for it in house.storage.emitted if isinstance(it, (AlertRaised, AlertEscalated))
    ]


async def test_a_chat_rings_as_often_as_the_account_says_and_then_people_are_mailed() -> None:
    house = House(escalates=True)
    await house.ringing.change(ADMIN, 20, 1)
    await house.hears(opened())
    for _ in range(4):
        await house.after(20)
    assert told(house) == ["alert.raised", "alert.raised", "alert.escalated"]


async def test_what_rings_already_goes_by_it_from_its_next_ring_on() -> None:
    house = House(escalates=True)
    await house.hears(opened())
    await house.ringing.change(ADMIN, 20, 0)
    await house.after(20)
    assert told(house) == ["alert.raised"]
    await house.after(40)
    assert told(house) == ["alert.raised", "alert.escalated"]


async def test_another_account_rings_as_the_deployment_has_it() -> None:
    house = House()
    elsewhere = Identity("technician", ANN, OTHER_TENANT, "", role="administrator")
    await house.ringing.change(ADMIN, 20, 1)
    assert (await house.ringing.show(elsewhere)) == USUAL
    assert (await house.ringing.show(ADMIN)) == Patience(timedelta(seconds=20), 1)


async def test_deciding_is_noted_once() -> None:
    house = House()
    for _ in range(2):
        await house.ringing.change(ADMIN, 20, 1)
    (line,) = house.storage.noted
    assert line.action == "ringing.changed"
    assert {it.name: it.value for it in line.details} == {"seconds": "20", "times": "1"}
    usual = {"seconds": f"{USUAL.wait.total_seconds():g}", "times": str(USUAL.times)}
    assert {it.name: it.before for it in line.details} == usual


@pytest.fixture
async def store(
    memory_or_mongo: Database | None,
) -> tuple[FakeStorage | MongoStorage, PatienceStore]:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return storage, FakePatience(storage, USUAL)
    return MongoStorage(memory_or_mongo, FakeKeyring()), MongoPatience(memory_or_mongo, USUAL)


async def test_the_store_keeps_an_accounts_patience_to_itself(
    store: tuple[FakeStorage | MongoStorage, PatienceStore],
) -> None:
    storage, kept = store
    assert await kept.of(None, TENANT) == USUAL
    for patience in (Patience(timedelta(seconds=5), 0), USUAL):
        await storage.transact(lambda tx, it=patience: kept.put(tx, TENANT, it))  # type: ignore[misc]
        assert await kept.of(None, TENANT) == patience
        assert await kept.of(None, OTHER_TENANT) == USUAL
