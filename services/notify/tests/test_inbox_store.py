"""One suite for the inbox in memory and the one on MongoDB; and the plans of what MongoDB is asked."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from services.notify.inbox import Entry
from services.notify.inbox_store import (
    ENTRIES,
    KEPT,
    FakeInboxStore,
    InboxStore,
    MongoInboxStore,
    Owner,
    list_query,
    unread_query,
)
from services.notify.tests.examples import ANN, AT, BEN, CASE, COMPANY, OTHER_COMPANY, TENANT

ANNS = Owner(TENANT, ANN, (COMPANY,))


def entry(number: int = 1, **different: object) -> Entry:
    made = Entry(
        id=derived_id("entry", str(number)),
        tenant=TENANT,
        company_id=COMPANY,
        case_id=CASE,
        technician_id=ANN,
        kind="mentioned",
        number=1001,
        version=number,
        by=BEN,
        note_id=derived_id("note"),
        at=AT + timedelta(seconds=number),
    )
    return replace(made, **different)  # type: ignore[arg-type]


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: InboxStore

    async def put(self, *entries: Entry) -> None:
        for each in entries:
            await self.storage.transact(lambda tx, e=each: self.store.put(tx, e))  # type: ignore[misc]

    async def page(self, owner: Owner = ANNS, *, after: str | None = None, limit: int = 20,
                   unread: bool = False) -> list[Entry]:  # fmt: skip
        return await self.store.page(owner, after=after, limit=limit, unread=unread)


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeInboxStore(storage))
    store = MongoInboxStore(memory_or_mongo)
    await store.prepare()
    return Kept(MongoStorage(memory_or_mongo, FakeKeyring()), store)


async def test_lines_come_back_as_they_were_the_newest_first_page_by_page(kept: Kept) -> None:
    lines = [entry(number) for number in range(5)]
    await kept.put(*lines)
    newest = lines[::-1]
    assert await kept.page(limit=2) == newest[:2]
    assert await kept.page(after=newest[1].position, limit=2) == newest[2:4]
    assert await kept.page(after=newest[4].position) == []


async def test_an_inbox_is_ones_own_and_of_companies_one_may_see(kept: Kept) -> None:
    await kept.put(entry(1), entry(2, technician_id=BEN), entry(3, company_id=OTHER_COMPANY))
    assert await kept.page() == [entry(1)]
    assert await kept.store.unread(ANNS) == 1
    both = Owner(TENANT, ANN, (COMPANY, OTHER_COMPANY))
    assert [it.version for it in await kept.page(both)] == [3, 1]
    assert await kept.page(Owner(new_id(), ANN, (COMPANY,))) == []


async def test_lines_are_read_one_by_one_by_case_and_all_up_to_one(kept: Kept) -> None:
    other = entry(3, case_id=new_id())
    await kept.put(entry(1), entry(2), other, entry(4))
    assert await kept.store.mark(ANNS, entry(4).id, read=True)
    assert await kept.store.unread(ANNS) == 3
    await kept.store.mark_read(ANNS, case_id=other.case_id)
    assert [it.version for it in await kept.page(unread=True)] == [2, 1]
    await kept.store.mark_read(ANNS, through=entry(1).position)
    assert [it.version for it in await kept.page(unread=True)] == [2]
    assert await kept.store.mark(ANNS, entry(1).id, read=False)
    assert await kept.store.unread(ANNS) == 2


async def test_what_was_removed_is_still_known_but_shown_no_more(kept: Kept) -> None:
    await kept.put(entry())
    assert await kept.store.remove(ANNS, entry().id)
    assert not await kept.store.remove(ANNS, entry().id)
    assert not await kept.store.mark(ANNS, entry().id, read=True)
    assert (await kept.page(), await kept.store.unread(ANNS)) == ([], 0)
    known = await kept.storage.transact(lambda tx: kept.store.find(tx, entry().id))
    assert known == replace(entry(), gone=True)


async def test_the_lines_of_a_case_are_found_whoever_has_them(kept: Kept) -> None:
    await kept.put(entry(1), entry(2, technician_id=BEN), entry(3, case_id=new_id()))
    found = await kept.storage.transact(lambda tx: kept.store.of_case(tx, CASE))
    assert {it.version for it in found or ()} == {1, 2}


# ---- on MongoDB only -----------------------------------------------------------------------------


@pytest.mark.parametrize("index", ["there", "unread"])
async def test_a_page_is_read_in_the_order_of_its_index(
    mongo_database: Database, index: str
) -> None:
    await MongoInboxStore(mongo_database).prepare()
    query = list_query(ANNS, entry().position) if index == "there" else unread_query(ANNS)
    plan = await mongo_database.collection(ENTRIES).explain(
        query, sort=[("position", -1)], limit=20, hint=index
    )
    assert (plan["stage"], plan["inputStage"]["stage"]) == ("LIMIT", "FETCH")
    scan = plan["inputStage"]["inputStage"]
    assert (scan["stage"], scan["indexName"]) == ("IXSCAN", index)


@pytest.mark.parametrize(
    ("query", "indexes"),
    [
        ({"case_id": CASE}, {"of_case"}),
        ({**unread_query(ANNS), "position": {"$lte": entry().position}}, {"unread", "there"}),
        ({**unread_query(ANNS), "case_id": CASE}, {"unread", "there", "of_case"}),
    ],
)
async def test_whatever_else_is_asked_has_an_index(
    mongo_database: Database, query: dict[str, object], indexes: set[str]
) -> None:
    await MongoInboxStore(mongo_database).prepare()
    plan = await mongo_database.collection(ENTRIES).explain(query)
    assert plan["stage"] == "FETCH"
    assert plan["inputStage"]["indexName"] in indexes


async def test_a_line_expires_so_long_after_what_it_tells_of(mongo_database: Database) -> None:
    store = MongoInboxStore(mongo_database)
    await store.prepare()
    await MongoStorage(mongo_database, FakeKeyring()).transact(lambda tx: store.put(tx, entry()))
    row = await mongo_database.collection(ENTRIES).find_one({"_id": entry().id})
    assert row is not None
    assert row["expires_at"] == entry().at + KEPT
