"""Who looked at a case (S17): once in a quarter of an hour, by those who may see it, on both stores."""

from datetime import datetime, timedelta

import pytest

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage, Storage, Tx
from services.cases.keeping import CaseUnknown
from services.cases.looks import LOOKS, FakeLooks, Look, Looks, LookStore, MongoLooks
from services.cases.tests.examples import ANN, AT, BEN, CASE, OTHER_COMPANY, TENANT, opened
from services.cases.tests.house import House, who

QUARTER = timedelta(minutes=15)


@pytest.fixture
async def looks(house: House) -> Looks:
    await house.hears(opened())
    return Looks(house.storage, FakeLooks(house.storage), house.technicians, house.clock)


async def seen(looks: Looks) -> list[str]:
    return [it.technician_id for it in await looks.of_case(who(ANN), CASE)]


async def test_who_goes_to_and_fro_has_looked_once(looks: Looks, house: House) -> None:
    for _ in range(3):
        await looks.note(who(ANN), CASE)
        house.clock.advance(299)
    await looks.note(who(BEN), CASE)
    assert await seen(looks) == [BEN, ANN]
    house.clock.advance(QUARTER.total_seconds())
    await looks.note(who(ANN), CASE)
    assert await seen(looks) == [ANN, BEN, ANN]


async def test_the_quarter_is_that_of_the_look_and_not_that_of_the_clock(
    looks: Looks, house: House
) -> None:
    house.clock.advance(14 * 60)
    await looks.note(who(ANN), CASE)
    house.clock.advance(2 * 60)
    await looks.note(who(ANN), CASE)
    assert await seen(looks) == [ANN]


async def test_whoever_may_not_see_the_case_has_not_looked(looks: Looks) -> None:
    stranger = who(ANN, companies=(OTHER_COMPANY,))
    with pytest.raises(CaseUnknown):
        await looks.note(stranger, CASE)
    with pytest.raises(CaseUnknown):
        await looks.of_case(stranger, CASE)
    assert await seen(looks) == []


async def test_a_look_changes_nothing_of_the_case(looks: Looks, house: House) -> None:
    before, told = await house.case(), len(house.storage.emitted)
    await looks.note(who(ANN), CASE)
    assert (await house.case(), len(house.storage.emitted)) == (before, told)


# ---- the store on MongoDB ------------------------------------------------------------------------


@pytest.fixture
async def store(mongo_database: Database) -> MongoLooks:
    store = MongoLooks(mongo_database)
    await store.prepare()
    return store


@pytest.mark.mongo
async def test_the_stores_keep_the_same(mongo_database: Database, store: MongoLooks) -> None:
    fake = House().storage
    storages: tuple[tuple[Storage, LookStore], ...] = (
        (MongoStorage(mongo_database, FakeKeyring(), FakeClock(AT)), store),
        (fake, FakeLooks(fake)),
    )
    found = []
    for storage, one in storages:

        async def keep(tx: Tx, one: LookStore = one) -> datetime | None:
            for at, who_looked in ((0, ANN), (1, ANN), (15, BEN)):
                moment = AT + timedelta(minutes=at)
                await one.put(tx, Look(CASE, TENANT, who_looked, moment))
            return await one.last(tx, CASE, ANN)

        found.append((await storage.transact(keep), await one.of_case(CASE)))
    assert found[0] == found[1]
    assert found[0][0] == AT
    assert [it.technician_id for it in found[0][1]] == [BEN, ANN]


@pytest.mark.mongo
async def test_what_is_asked_for_has_an_index(mongo_database: Database, store: MongoLooks) -> None:
    rows = mongo_database.collection(LOOKS)
    for query in ({"case_id": CASE}, {"case_id": CASE, "technician_id": ANN}):
        plan = await rows.explain(query, sort=[("at", -1)])
        assert "COLLSCAN" not in str(plan)
        assert "SORT" not in str(plan).replace("SORTED", "")


@pytest.mark.mongo
async def test_a_look_goes_with_its_case(mongo_database: Database, store: MongoLooks) -> None:
    await MongoStorage(mongo_database, FakeKeyring(), FakeClock(AT)).transact(
        lambda tx: store.put(tx, Look(CASE, TENANT, ANN, AT))
    )
    await store.holdings()[LOOKS](CASE)
    assert await store.of_case(CASE) == []
