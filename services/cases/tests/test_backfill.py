"""Cases of before are found by their words and have their contact, without anybody touching them."""

from datetime import timedelta

import pytest

from chassis.clock import FakeClock
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.leases import Leases
from chassis.mongo import Database, Index
from chassis.storage import OUTBOX, MongoStorage
from chassis.timers import FakeTimers
from services.cases import backfill as module
from services.cases import domain
from services.cases.backfill import BACKFILLS, NAME, Backfill
from services.cases.contact_book import ContactBook
from services.cases.contacts import AddressIndex
from services.cases.contacts_store import MongoContactStore
from services.cases.history import MongoHistory
from services.cases.keeping import Keeper
from services.cases.search import BlindIndex
from services.cases.shelves import RETIRED
from services.cases.storage import CASES, MongoCaseStore
from services.cases.tests.examples import AT, FakePeople, opened
from services.cases.tests.house import HERE
from services.cases.tests.test_storage import indexes

INDEX = BlindIndex(bytes(32))
COUNT = 5


class Old:
    """A database with cases that a version before has written."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.keyring = FakeKeyring()
        self.clock = FakeClock(AT)
        self.storage = MongoStorage(database, self.keyring, self.clock)
        self.cases = MongoCaseStore(database, self.keyring, INDEX)
        self.contacts = MongoContactStore(database, self.keyring, AddressIndex(bytes(32)), INDEX)
        book = ContactBook(self.storage, self.contacts, self.cases, self.keyring, self.clock)
        history, people = MongoHistory(database, self.keyring), FakePeople()
        self.history = history
        self.keeper = Keeper(
            self.storage, self.cases, history, people, FakeTimers(),
            ask_for=timedelta(minutes=1), contacts=book,
        )  # fmt: skip

    async def fill(self) -> list[str]:
        for part in (self.cases, self.contacts, self.history):
            await part.prepare()
        ids = [derived_id("old", str(number)) for number in range(COUNT)]
        for number, case_id in enumerate(ids):
            email = "" if number == 0 else f"cleo{number % 2}@example.com"
            case = domain.open_case(opened(case_id, email=email), 1001 + number).case
            await self.keyring.create(case_id)
            await self.storage.transact(lambda tx, case=case: self.cases.add(tx, case))  # type: ignore[misc]
            await self.database.collection(CASES).update_one(
                {"_id": case_id}, {"$unset": {"words": "", "contact_id": ""}}
            )
        return ids

    def backfill(self, instance: str = "one") -> Backfill:
        return Backfill(self.database, self.keeper, INDEX, self.clock, instance)


async def test_old_cases_are_found_and_known_again(
    mongo_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    old = Old(mongo_database)
    ids = await old.fill()
    assert await old.cases.candidates(HERE, ["cleo"], 9) == []
    steps = [await old.backfill().advance() for _ in range(3)]
    assert steps == [False, False, True]
    found = await old.cases.candidates(HERE, ["cleo"], 9)
    assert {case.id for case in found} == {*ids}
    contacts = {case.id: case.now.contact_id for case in found}
    assert contacts[ids[0]] is None
    assert contacts[ids[1]] == contacts[ids[3]] != contacts[ids[2]]
    assert sorted(it.cases[opened().company_id] for it in (await old.contacts.page(HERE, None, 9)).contacts) == [2, 2]  # fmt: skip
    # Each is told once, and what is done is done.
    told = await mongo_database.collection(OUTBOX).find({})
    assert len(told) == COUNT - 1
    assert await mongo_database.collection(BACKFILLS).find_one({"_id": NAME}) == {
        "_id": NAME,
        "done": True,
    }
    assert await old.backfill().advance()
    assert len(await mongo_database.collection(OUTBOX).find({})) == COUNT - 1


async def test_it_goes_on_where_it_was_interrupted_and_passes_over_what_is_gone(
    mongo_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    old = Old(mongo_database)
    ids = sorted(await old.fill())
    await old.backfill().advance()
    progress = await mongo_database.collection(BACKFILLS).find_one({"_id": NAME})
    assert progress == {"_id": NAME, "after": ids[1]}
    await old.keyring.erase(ids[2])
    while not await old.backfill().advance():
        pass
    assert ids[2] not in {case.id for case in await old.cases.candidates(HERE, ["cleo"], 9)}


async def test_one_instance_is_at_it(
    mongo_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "WAIT_SECONDS", 0)
    old = Old(mongo_database)
    await old.fill()
    await old.backfill("one").advance()
    before = await mongo_database.collection(BACKFILLS).find_one({"_id": NAME})
    assert not await old.backfill("two").advance()
    assert await mongo_database.collection(BACKFILLS).find_one({"_id": NAME}) == before


async def test_indexes_that_nobody_reads_any_more_go_and_all_others_stay(
    mongo_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0)
    old = Old(mongo_database)
    await old.fill()
    today = await mongo_database.indexes_there(CASES)
    assert not RETIRED & today
    begun_before = [Index([("tenant", 1), (f"by_{name}", 1)], name=name) for name in RETIRED]
    await mongo_database.ensure_indexes({CASES: begun_before})
    # What an administrator of the database made for themselves is nobody else's business.
    await mongo_database.ensure_indexes({CASES: [Index([("own", 1)], name="own")]})
    other = Leases(mongo_database, old.clock, "two")
    lease = await other.acquire(BACKFILLS)
    assert lease is not None
    assert not await old.backfill().drop_retired()
    assert await mongo_database.indexes_there(CASES) == today | RETIRED | {"own"}
    await other.release(lease)
    assert await old.backfill().drop_retired()
    assert await old.backfill("two").drop_retired()
    assert await mongo_database.indexes_there(CASES) == today | {"own"}


async def test_its_query_has_an_index(mongo_database: Database) -> None:
    await Old(mongo_database).fill()
    plan = await mongo_database.collection(CASES).explain({"_id": {"$gt": ""}}, [("_id", 1)], 9)
    assert indexes(plan) == {"_id_"}
