"""One suite for the record in memory and the one on MongoDB."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from services.transcripts.domain import Case, Entry
from services.transcripts.storage import (
    CASES,
    ENTRIES,
    MAILS,
    FakeRecordStore,
    Mailing,
    MongoRecordStore,
    RecordStore,
    mails_query,
)
from services.transcripts.tests.examples import (
    AT,
    CASE,
    OTHER_CASE,
    case,
    entry,
    said,
    whole_journey,
)


@dataclass
class Kept:
    """A store with its transactions and keys."""

    storage: Storage
    store: RecordStore
    keyring: FakeKeyring

    async def add(self, *entries: Entry) -> None:
        async def work(tx: Any) -> None:
            await self.store.add(tx, entries)

        await self.storage.transact(work)

    async def put(self, one: Case) -> None:
        await self.storage.transact(lambda tx: self.store.put_cases(tx, [one]))

    async def mail(self, minutes: int = 0, case_id: str = CASE) -> int | None:
        mailing = Mailing(new_id(), case_id, AT + timedelta(minutes=minutes), "customer")
        return await self.storage.transact(lambda tx: self.store.put_mailing(tx, mailing))

    async def mailed(self, since: int, limit: int = 100) -> int | None:
        at = AT + timedelta(minutes=since)
        return await self.storage.transact(lambda tx: self.store.mailed_since(tx, CASE, at, limit))


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    keyring = FakeKeyring()
    for case_id in (CASE, OTHER_CASE):
        await keyring.create(case_id)
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeRecordStore(storage), keyring)
    return await on_mongo(memory_or_mongo, keyring)


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    store = MongoRecordStore(database, keyring)
    await store.prepare()
    return Kept(MongoStorage(database, keyring), store, keyring)


async def test_entries_come_back_as_they_were_in_their_order(kept: Kept) -> None:
    await kept.add(*reversed(whole_journey()))
    assert await kept.store.entries(CASE) == whole_journey()


async def test_an_emptied_entry_keeps_everything_but_its_text(kept: Kept) -> None:
    unwanted = said("My password is lamp", 2)
    await kept.add(said("Hello", 1), unwanted)
    for one in (unwanted.id, derived_id("unknown")):
        await kept.storage.transact(lambda tx, it=one: kept.store.empty(tx, it))  # type: ignore[misc]
    await kept.add(replace(unwanted, seq=9))
    assert await kept.store.entries(CASE) == [said("Hello", 1), replace(unwanted, text="")]


async def test_a_long_conversation_comes_back_whole(kept: Kept) -> None:
    entries = [said(f"Message {n}", n) for n in range(1, 1_001)]
    for start in range(0, len(entries), 100):
        await kept.add(*entries[start : start + 100])
    assert await kept.store.entries(CASE) == entries


async def test_conversations_are_apart(kept: Kept) -> None:
    other = replace(said("x", 1), id=derived_id("x"), conversation_id=OTHER_CASE)
    await kept.add(said("a", 1), other)
    assert await kept.store.entries(CASE) == [said("a", 1)]
    assert await kept.store.entries(derived_id("nobody's")) == []


async def test_the_first_position_of_an_entry_counts_whenever_it_comes(kept: Kept) -> None:
    first, again = said("a", 3), replace(said("a", 3), seq=9, text="another body")
    await kept.add(again)
    await kept.add(first)
    await kept.add(again)
    assert await kept.store.entries(CASE) == [first]


async def test_the_last_position_is_known(kept: Kept) -> None:
    assert await kept.store.last_seq(CASE) == 0
    await kept.add(said("b", 2**41 + 7), said("a", 4))
    assert await kept.store.last_seq(CASE) == 2**41 + 7


async def test_a_case_comes_back_as_it_was(kept: Kept) -> None:
    assert await kept.store.case(None, CASE) is None
    await kept.put(case(resolved_at=AT))
    assert await kept.store.case(None, CASE) == case(resolved_at=AT)


async def test_an_older_version_changes_nothing(kept: Kept) -> None:
    await kept.put(case(version=3, assignee_name="Ben Bay"))
    await kept.put(case(version=2))
    await kept.put(case(version=3))
    assert await kept.store.case(None, CASE) == case(version=3, assignee_name="Ben Bay")
    await kept.put(case(version=4))
    assert await kept.store.case(None, CASE) == case(version=4)


async def test_mails_are_counted_by_case_and_time(kept: Kept) -> None:
    await kept.put(case())
    await kept.put(case(id=OTHER_CASE))
    assert [await kept.mail(minutes) for minutes in (0, 10, 20)] == [1, 2, 3]
    assert await kept.mail(30, OTHER_CASE) == 1
    assert [await kept.mailed(since) for since in (-1, 0, 10, 20)] == [3, 2, 1, 0]
    assert await kept.mailed(-1, limit=2) == 2


async def test_a_new_version_forgets_no_mail(kept: Kept) -> None:
    await kept.put(case())
    await kept.mail()
    await kept.put(case(version=2))
    assert await kept.mail() == 2


async def test_a_mail_is_known_once_it_was_asked_for(kept: Kept) -> None:
    await kept.put(case())
    mailing = Mailing(new_id(), CASE, AT, "assignee")
    assert not await kept.store.was_mailed(None, mailing.id)
    await kept.storage.transact(lambda tx: kept.store.put_mailing(tx, mailing))
    assert await kept.store.was_mailed(None, mailing.id)


# ---- on MongoDB only -----------------------------------------------------------------------------


async def test_nothing_personal_stands_in_the_database(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(case())
    await kept.add(*whole_journey())
    rows = [
        row for name in (CASES, ENTRIES) for row in await mongo_database.collection(name).find({})
    ]
    assert len(rows) == 1 + len(whole_journey())
    words = ("cleo", "cox", "example.com", "lamp", "plugged", "vienna", "de-at")
    assert not [word for word in words if word in repr(rows).lower()]


async def test_an_erased_conversation_cannot_be_read_before_it_is_purged(
    mongo_database: Database,
) -> None:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(case())
    await kept.add(*whole_journey())
    await keyring.erase(CASE)
    assert await kept.store.case(None, CASE) is None
    assert await kept.store.entries(CASE) == []


async def test_of_a_deleted_case_nothing_stays_in_any_store(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    for case_id in (CASE, OTHER_CASE):
        await keyring.create(case_id)
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(case())
    await kept.add(*whole_journey())
    await kept.mail()
    holdings = MongoRecordStore(mongo_database, keyring).holdings()
    assert [await purge(OTHER_CASE) for purge in holdings.values()] == [0, 0, 0]
    removed = {name: await purge(CASE) for name, purge in holdings.items()}
    assert removed == {ENTRIES: len(whole_journey()), CASES: 1, MAILS: 1}
    for name in holdings:
        assert await mongo_database.collection(name).find({}) == []


async def test_of_mails_at_once_none_counts_past_another(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(case())
    counts = await asyncio.gather(*(kept.mail() for _ in range(8)))
    assert sorted(count or 0 for count in counts) == list(range(1, 9))


async def test_every_query_has_an_index(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    kept = await on_mongo(mongo_database, keyring)
    await kept.put(case())
    await kept.add(*(entry("message", n, text="x") for n in range(50)))
    entries, cases = mongo_database.collection(ENTRIES), mongo_database.collection(CASES)
    conversation = {"conversation_id": CASE}
    plans = [
        await entries.explain(conversation, [("conversation_id", 1), ("seq", 1)]),
        await entries.explain(conversation, [("conversation_id", -1), ("seq", -1)], 1),
        await mongo_database.collection(MAILS).explain(mails_query(CASE, AT), limit=6),
        await entries.explain({"_id": derived_id("x")}),
        await cases.explain({"_id": CASE}),
    ]
    assert [sorted(used(plan)) for plan in plans] == [
        ["conversation"],
        ["conversation"],
        ["of_case"],
        ["_id_"],
        ["_id_"],
    ]


def used(plan: dict[str, Any]) -> set[str]:
    """The indexes of a plan; a scan or a sort in memory shows as itself."""
    own = {plan["indexName"]} if "indexName" in plan else set()
    if plan["stage"] == "IDHACK":
        own = {"_id_"}
    if plan["stage"] in {"COLLSCAN", "SORT"}:
        own = {plan["stage"]}
    return (
        own.union(*(used(below) for below in [plan["inputStage"]] if below))
        if "inputStage" in plan
        else own
    )
