"""Lists with filters and orders: what the store brings is what fits, however it is read."""

import random
from dataclasses import replace
from typing import Any, Final

import pytest

from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from services.cases.domain import INCOMING, Case
from services.cases.filters import CaseFilter, Wanted, fits
from services.cases.list_store import MOST_COUNTED, ListReader, Tally
from services.cases.sorting import NEWEST, ORDERS, Sorting, key_of
from services.cases.storage import CASES, Scope, asked_of
from services.cases.tests.examples import ANN, BEN, OTHER_TENANT
from services.cases.tests.listing import LABELS, PORTALS, any_case, any_filter, any_list
from services.cases.tests.test_storage import (
    AWAY,
    BOTH,
    HERE,
    INDEX,
    Kept,
    indexes,
    kept,
    on_mongo,
    stages,
)

__all__ = ["kept"]

MOST = 200
"""Rows that a page may look at in these tests, where a desk has a few thousand."""


async def all_pages(
    kept: Kept, scope: Scope, wanted: Wanted, sorting: Sorting, limit: int = 7
) -> list[Case]:
    seen: list[Case] = []
    after: str | None = None
    for _ in range(1_000):
        page = await kept.store.page(scope, wanted, sorting, after, limit)
        assert len(page.cases) <= limit
        seen += page.cases
        after = page.next
        if after is None:
            return seen
    raise AssertionError("a list without an end")


def expected(cases: list[Case], scope: Scope, wanted: Wanted, sorting: Sorting) -> list[str]:
    found = [
        case
        for case in cases
        if case.company_id in (scope.companies or ())
        and (scope.incoming or case.now.state not in INCOMING)
        and fits(case, wanted)
    ]
    found.sort(key=lambda case: key_of(sorting.sort, case), reverse=not sorting.ascending)
    return [case.id for case in found]


async def test_every_filter_in_every_order_brings_what_fits_page_by_page(kept: Kept) -> None:
    chance = random.Random(5)
    cases = [await kept.add(any_case(chance, 1_000 + n)) for n in range(90)]
    fitting = 0
    for _ in range(160):
        wanted, scope = any_list(chance), chance.choice([HERE, BOTH, AWAY])
        sorting = Sorting(chance.choice(list(ORDERS)), chance.random() < 0.5)
        ids = [case.id for case in await all_pages(kept, scope, wanted, sorting)]
        assert ids == expected(cases, scope, wanted, sorting), (wanted, sorting)
        assert await kept.store.tally(scope, wanted) == Tally(len(ids))
        fitting += bool(ids)
    assert fitting > 40
    elsewhere = Scope(OTHER_TENANT, BOTH.companies)
    assert await all_pages(kept, elsewhere, Wanted("all", ANN), NEWEST) == []


async def test_spam_is_in_no_list_and_no_count_unless_it_is_asked_for(kept: Kept) -> None:
    case = any_case(random.Random(1), 1_000)
    marked = case.now.model_copy(update={"spam": True, "state": "resolved"})
    spam = await kept.add(replace(case, now=marked))
    everywhere = Scope(spam.tenant, (spam.company_id,))
    assert await all_pages(kept, everywhere, Wanted("all", ANN), NEWEST) == []
    assert (await kept.store.counts(everywhere, ANN)).all == 0
    asked = Wanted("all", ANN, CaseFilter(spam=True))
    assert await all_pages(kept, everywhere, asked, NEWEST) == [spam]


async def test_a_word_that_is_longer_than_what_is_kept_of_it_has_to_fit_to_its_end(
    kept: Kept,
) -> None:
    case = any_case(random.Random(1), 1_000)
    titled = case.text.model_copy(update={"title": "Donaudampfschifffahrt"})
    now = case.now.model_copy(update={"spam": False})
    kept_case = await kept.add(replace(case, now=now, text=titled))
    everywhere = Scope(kept_case.tenant, (kept_case.company_id,))
    for title, found in (("donaudampfschifff", [kept_case.id]), ("donaudampfschiffe", [])):
        wanted = Wanted("all", ANN, CaseFilter(title=title))
        assert [it.id for it in await all_pages(kept, everywhere, wanted, NEWEST)] == found


# ---- on MongoDB only, with a few thousand cases --------------------------------------------------


@pytest.fixture
async def desk(mongo_database: Database) -> tuple[Kept, list[Case]]:
    """Two thousand cases of all kinds."""
    kept, chance = await on_mongo(mongo_database, FakeKeyring()), random.Random(9)
    cases = [any_case(chance, n) for n in range(1, 2_001)]
    for case in cases:
        await kept.keyring.create(case.id)
    rows = [await kept.store.row_of(case) for case in cases]  # type: ignore[attr-defined]
    await mongo_database.collection(CASES).insert_many_new(rows)
    kept.store._lists = ListReader(mongo_database.collection(CASES), MOST)  # type: ignore[attr-defined]
    return kept, cases


async def test_a_filter_that_hardly_anything_fits_ends_each_page_after_so_many_rows(
    desk: tuple[Kept, list[Case]], mongo_database: Database
) -> None:
    kept, cases = desk
    rare = min(cases, key=lambda case: case.now.created_at)
    title = rare.text.model_copy(update={"title": "unheard"})
    marked = rare.now.model_copy(update={"case_type": "call", "spam": False, "flagged": False})
    await kept.change(rare.id, lambda _: _changed(replace(rare, text=title, now=marked)))
    # No index knows of both, and of neither few.
    wanted = Wanted("all", ANN, CaseFilter(type=("call", "request"), flagged=False))
    first = await kept.store.page(BOTH, wanted, NEWEST, None, 100)
    assert first.next is not None
    assert len(first.cases) < 100
    found = await all_pages(kept, BOTH, wanted, NEWEST, 100)
    assert found[-1].id == rare.id
    assert (await kept.store.tally(BOTH, wanted)).more


def _changed(case: Case) -> Any:
    return type("Changed", (), {"case": case})()


async def test_pages_of_a_large_desk_are_what_fits(desk: tuple[Kept, list[Case]]) -> None:
    kept, cases = desk
    chance = random.Random(3)
    for _ in range(25):
        wanted, scope = any_list(chance), chance.choice([HERE, BOTH, AWAY])
        sorting = Sorting(chance.choice(list(ORDERS)), chance.random() < 0.5)
        ids = [case.id for case in await all_pages(kept, scope, wanted, sorting, 60)]
        assert ids == expected(cases, scope, wanted, sorting), (wanted, sorting)
    # More than can be counted is said to be more.
    assert await kept.store.tally(BOTH, Wanted("all", ANN)) == Tally(MOST_COUNTED, more=True)


def _filter(**fields: Any) -> Wanted:
    listed = fields.pop("listed", "all")
    return Wanted(listed, ANN, CaseFilter(**fields))


SHELVES: Final[list[tuple[Scope, Wanted, str]]] = [
    *((scope, _filter(listed="unassigned"), "waiting") for scope in (HERE, BOTH)),
    *((scope, _filter(listed="mine"), "in_hand") for scope in (HERE, BOTH, AWAY)),
    *((scope, _filter(), "listed") for scope in (HERE, BOTH)),
    *((scope, _filter(), "taken") for scope in (AWAY, replace(BOTH, incoming=False))),
    (BOTH, _filter(category="active"), "open"),
    (AWAY, _filter(category="active"), "open"),
    (BOTH, _filter(category="closed"), "taken"),
    (BOTH, _filter(state=("snoozed",), technician=(BEN,)), "in_hand"),
    (BOTH, _filter(technician=("me", BEN)), "technician"),
    (BOTH, _filter(flagged=True), "flagged"),
    (BOTH, _filter(spam=True), "spam"),
    (BOTH, _filter(label=LABELS[:2]), "label"),
    (BOTH, _filter(portal=PORTALS[:1]), "portal"),
    (BOTH, _filter(type=("email",)), "type"),
    (BOTH, _filter(type=("request",)), "listed"),
    (BOTH, _filter(priority=("urgent", "high")), "priority"),
    (BOTH, _filter(follow_up="active"), "unanswered"),
    (BOTH, _filter(customer="nunez"), "words"),
    (BOTH, _filter(title="lamp dark", q="cleo"), "words"),
]


async def test_every_list_is_read_from_its_index(
    desk: tuple[Kept, list[Case]], mongo_database: Database
) -> None:
    kept, _ = desk
    for scope, wanted, index in SHELVES:
        first = await kept.store.page(scope, wanted, NEWEST, None, 3)
        for after in (None, first.next):
            plan = await explained(mongo_database, scope, wanted, NEWEST, after)
            assert stages(plan).isdisjoint({"COLLSCAN", "SORT"}), wanted
            assert indexes(plan) == {index}


async def test_another_order_has_an_index_or_sorts_a_few(
    desk: tuple[Kept, list[Case]], mongo_database: Database
) -> None:
    """Many are read along the order; no more than a page may look at are sorted as a whole."""
    kept, _ = desk
    few = Wanted("mine", ANN, CaseFilter(flagged=True, spam=True))
    for sorting in (Sorting(it, up) for it in ORDERS if it != "created" for up in (False, True)):
        plan = await explained(mongo_database, BOTH, Wanted("all", ANN), sorting, None)
        assert stages(plan).isdisjoint({"COLLSCAN", "SORT"})
        assert indexes(plan) == {sorting.field}
        plan = await explained(mongo_database, BOTH, few, sorting, None, most=1_000)
        assert "COLLSCAN" not in stages(plan)
        assert indexes(plan) == {"spam"}
    chance = random.Random(11)
    for _ in range(60):
        wanted = Wanted("all", ANN, any_filter(chance))
        if await kept.store.tally(BOTH, wanted) != Tally(0):
            sorting = Sorting(chance.choice(list(ORDERS)), chance.random() < 0.5)
            plan = await explained(mongo_database, BOTH, wanted, sorting, None)
            assert "COLLSCAN" not in stages(plan)


async def explained(  # noqa: PLR0913, PLR0917 - what a page is asked with
    database: Database,
    scope: Scope,
    wanted: Wanted,
    sorting: Sorting,
    after: str | None,
    most: int = MOST,
) -> dict[str, Any]:
    rows = database.collection(CASES)
    walk = await ListReader(rows, most).walk(asked_of(scope, wanted, INDEX), sorting, after)
    assert walk is not None
    order = [(sorting.field, 1 if sorting.ascending else -1)]
    return await rows.explain(walk.query, order, 21, walk.index)
