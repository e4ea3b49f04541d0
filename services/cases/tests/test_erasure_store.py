"""One suite for the receipts in memory and those on MongoDB."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from contracts.erasure import StorePurged
from services.cases.erasure import Answer, Erasure, Tombstone
from services.cases.erasure_store import (
    ERASURES,
    LATEST_FIRST,
    ErasureStore,
    FakeErasureStore,
    MongoErasureStore,
    page_query,
    place,
)
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    AT,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
)

HERE = Scope(TENANT, (COMPANY, OTHER_COMPANY))
WHOLE = Erasure(
    id=CASE,
    tenant=TENANT,
    company_id=COMPANY,
    number=1001,
    requested_at=AT,
    requested_by=ANN,
    correlation_id=derived_id("erasing"),
    attempt=2,
    answers={"chat": Answer(2, AT, (StorePurged(store="entries", removed=3, failed="x"),), 0)},
    tombstones=(Tombstone(1, 7, AT),),
    purged_at=AT,
    completed_at=None,
)


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: ErasureStore

    async def put(self, erasure: Erasure) -> None:
        await self.storage.transact(lambda tx: self.store.put(tx, erasure))


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeErasureStore(storage))
    store = MongoErasureStore(memory_or_mongo)
    await store.prepare()
    return Kept(MongoStorage(memory_or_mongo, FakeKeyring()), store)


async def test_a_receipt_comes_back_as_it_was(kept: Kept) -> None:
    await kept.put(replace(WHOLE, attempt=1))
    await kept.put(WHOLE)
    assert await kept.store.get(None, CASE) == WHOLE
    assert await kept.store.get(None, derived_id("another")) is None


async def test_pages_hold_the_latest_first_of_what_may_be_seen(kept: Kept) -> None:
    for n in range(5):
        company = (COMPANY, OTHER_COMPANY)[n % 2]
        at = AT + timedelta(minutes=n)
        await kept.put(
            replace(WHOLE, id=derived_id(str(n)), number=n + 1, company_id=company, requested_at=at)
        )
    await kept.put(replace(WHOLE, id=derived_id("theirs"), tenant=OTHER_TENANT))
    first = await kept.store.page(HERE, None, 3)
    second = await kept.store.page(HERE, first.next, 3)
    assert [it.number for it in first.erasures + second.erasures] == [5, 4, 3, 2, 1]
    assert second.next is None
    mine = await kept.store.page(Scope(TENANT, (COMPANY,)), None, 9)
    assert [it.number for it in mine.erasures] == [5, 3, 1]


@pytest.mark.mongo
async def test_a_page_has_its_index(mongo_database: Database) -> None:
    await MongoErasureStore(mongo_database).prepare()
    for after in (None, place(WHOLE)):
        query = page_query(HERE, after)
        plan = str(await mongo_database.collection(ERASURES).explain(query, LATEST_FIRST, 20))
        assert "latest" in plan
        assert "COLLSCAN" not in plan
        assert "'SORT'" not in plan
