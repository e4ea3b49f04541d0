"""Saved filters: one suite for the store in memory and the one on MongoDB, and who may do what."""

from dataclasses import dataclass, replace

import pytest

from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from chassis.tokens import Identity
from contracts.kept import KeptChanged
from services.cases.filters import CaseFilter
from services.cases.labels import LabelUnknown
from services.cases.list_store import Tally
from services.cases.saved import (
    MOST,
    SAVED,
    FakeSavedFilters,
    FilterNotYours,
    FilterTaken,
    FilterUnknown,
    MongoSavedFilters,
    SavedFilter,
    SavedFilters,
    TooManyFilters,
    WordsNotKept,
    usable_query,
)
from services.cases.saved_desk import SavedDesk
from services.cases.tests.examples import ANN, BEN, CASE, OTHER_TENANT, TENANT, message, opened
from services.cases.tests.house import House, who
from services.cases.tests.test_storage import indexes, stages

URGENT = SavedFilter(
    id=derived_id("urgent"),
    tenant=TENANT,
    name="Urgent",
    owner=ANN,
    author=ANN,
    listed="all",
    filter=CaseFilter(priority=("urgent",), technician=("me",), category="active"),
    sort="waiting",
    direction="desc",
)


@dataclass
class Kept:
    storage: Storage
    saved: SavedFilters

    async def put(self, saved: SavedFilter) -> None:
        await self.storage.transact(lambda tx: self.saved.put(tx, saved))


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeSavedFilters(storage))
    saved = MongoSavedFilters(memory_or_mongo)
    await saved.prepare()
    return Kept(MongoStorage(memory_or_mongo, FakeKeyring()), saved)


async def test_a_filter_comes_back_as_it_was_and_to_whom_it_belongs(kept: Kept) -> None:
    shared = replace(URGENT, id=derived_id("shared"), owner=None, name="älter")
    theirs = replace(URGENT, id=derived_id("theirs"), owner=BEN)
    for one in (URGENT, shared, theirs):
        await kept.put(one)
    assert await kept.saved.all(TENANT, ANN) == [shared, URGENT]
    assert await kept.saved.all(OTHER_TENANT, ANN) == []
    assert await kept.saved.get(TENANT, URGENT.id) == URGENT
    assert await kept.saved.get(OTHER_TENANT, URGENT.id) is None
    await kept.storage.transact(lambda tx: kept.saved.remove(tx, shared))
    assert await kept.saved.all(TENANT, ANN) == [URGENT]


async def test_names_are_told_apart_and_there_are_not_too_many(kept: Kept) -> None:
    await kept.put(URGENT)
    with pytest.raises(FilterTaken):
        await kept.put(replace(URGENT, id=derived_id("another"), name="URGENT"))
    await kept.put(replace(URGENT, name="urgent"))
    for n in range(MOST - 1):
        await kept.put(replace(URGENT, id=derived_id(str(n)), name=str(n)))
    with pytest.raises(TooManyFilters):
        await kept.put(replace(URGENT, id=derived_id("one more"), name="One more"))
    await kept.put(replace(URGENT, name="As many as before"))


async def test_the_filters_of_a_technician_have_an_index(mongo_database: Database) -> None:
    saved = MongoSavedFilters(mongo_database)
    await saved.prepare()
    rows = mongo_database.collection(SAVED)
    plan = await rows.explain(usable_query(TENANT, ANN), hint="name")
    assert "COLLSCAN" not in stages(plan)
    assert indexes(plan) == {"name"}


# ---- who may do what -----------------------------------------------------------------------------


@pytest.fixture
def desk(house: House) -> SavedDesk:
    saved = FakeSavedFilters(house.storage)
    return SavedDesk(
        house.storage,
        saved,
        house.labels,
        house.keeper.store,
        house.technicians.scope_of,
        house.clock,
    )


def told(house: House) -> list[tuple[str, str | None]]:
    """Which filters consoles were told of, and whose alone they are."""
    found = [it for it in house.storage.emitted if isinstance(it, KeptChanged)]
    assert {it.what for it in found} <= {"filter"}
    return [(it.subject_id, it.technician_id) for it in found]


async def test_whose_windows_list_a_filter_are_told_of_it(house: House, desk: SavedDesk) -> None:
    mine = await desk.add(who(ANN), URGENT, shared=False)
    renamed = replace(mine, name="Pressing")
    await desk.change(who(ANN), renamed, shared=False)
    # Shared or taken back, it comes or goes in everybody's window.
    await desk.change(who(ANN), renamed, shared=True)
    await desk.change(who(ANN), renamed, shared=False)
    await desk.remove(who(ANN), mine.id)
    assert told(house) == [(mine.id, who) for who in (ANN, ANN, None, None, ANN)]
    with pytest.raises(FilterUnknown):
        await desk.remove(who(ANN), mine.id)
    assert len(told(house)) == 5


def boss() -> Identity:
    return replace(who(derived_id("boss")), role="administrator")


async def test_a_shared_filter_counts_for_each_their_own_cases(
    house: House, desk: SavedDesk
) -> None:
    await house.hears(opened(), message("help"))
    await house.act("assign", ANN, 1)
    mine = replace(URGENT, filter=CaseFilter(technician=("me",)))
    await desk.add(who(ANN), mine, shared=True)
    (saved, tally), *_ = await desk.all(who(ANN))
    assert (saved.owner, tally) == (None, Tally(1))
    assert [it for _, it in await desk.all(who(BEN))] == [Tally(0)]
    await house.act("flag", ANN, case_id=CASE)


async def test_a_shared_filter_is_changed_by_its_author_and_by_administrators(
    desk: SavedDesk,
) -> None:
    shared = await desk.add(who(ANN), URGENT, shared=True)
    renamed = replace(shared, name="Renamed")
    with pytest.raises(FilterNotYours):
        await desk.change(who(BEN), renamed, shared=True)
    with pytest.raises(FilterNotYours):
        await desk.remove(who(BEN), shared.id)
    assert (await desk.change(who(ANN), renamed, shared=True)).name == "Renamed"
    taken_back = await desk.change(boss(), renamed, shared=False)
    assert (taken_back.owner, taken_back.author) == (ANN, ANN)
    for somebody in (who(BEN), boss(), who(ANN, tenant=OTHER_TENANT)):
        with pytest.raises(FilterUnknown):
            await desk.remove(somebody, shared.id)
    await desk.remove(who(ANN), shared.id)
    assert await desk.all(who(ANN)) == []


async def test_what_would_name_a_customer_or_nothing_is_not_saved(desk: SavedDesk) -> None:
    for words in ({"customer": "cleo"}, {"title": "lamp"}, {"q": "lamp"}):
        with pytest.raises(WordsNotKept):
            await desk.add(who(ANN), replace(URGENT, filter=CaseFilter(**words)), shared=False)
    unknown = CaseFilter(label=(derived_id("no label"),))
    with pytest.raises(LabelUnknown):
        await desk.add(who(ANN), replace(URGENT, filter=unknown), shared=False)
