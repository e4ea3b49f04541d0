"""One suite for the store in memory and the one on MongoDB."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from contracts.cases import ProblemLine
from services.cases import decisions, domain
from services.cases.decisions import Asked
from services.cases.domain import INCOMING, Case, Change, ListName
from services.cases.filters import HELD, Wanted
from services.cases.search import BlindIndex
from services.cases.sorting import NEWEST
from services.cases.storage import (
    CASES,
    NEWEST_FIRST,
    TAKEN,
    CaseStore,
    FakeCaseStore,
    MongoCaseStore,
    Scope,
    search_query,
)
from services.cases.tallies import TALLIES, Counts
from services.cases.tests import deciding
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
    opened,
)

INDEX = BlindIndex(bytes(32))
HERE = Scope(TENANT, (COMPANY,))
BOTH = Scope(TENANT, (COMPANY, OTHER_COMPANY))
ALL = Wanted("all", ANN)
AWAY = replace(HERE, incoming=False)
"""What technicians of the company see who are not available."""


@dataclass
class Kept:
    """A store with its transactions and keys."""

    storage: Storage
    store: CaseStore
    keyring: FakeKeyring

    async def add(self, case: Case) -> Case:
        await self.keyring.create(case.id)
        await self.storage.transact(lambda tx: self.store.add(tx, case))
        return case

    async def change(self, case_id: str, step: Callable[[Case], Change | None]) -> Case | None:
        async def work(tx: Any) -> Case | None:
            case = await self.store.get(tx, BOTH, case_id)
            assert case is not None
            change = step(case)
            if change is not None:
                await self.store.save(tx, case, change.case)
                return change.case
            return None

        return await self.storage.transact(work)


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    keyring = FakeKeyring()
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeCaseStore(storage, INDEX), keyring)
    return await on_mongo(memory_or_mongo, keyring)


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    store = MongoCaseStore(database, keyring, INDEX)
    await store.prepare()
    return Kept(MongoStorage(database, keyring), store, keyring)


def case(number: int = 1, *, case_id: str = CASE, minutes: int = 0, **where: str) -> Case:
    return domain.open_case(
        opened(case_id, at=AT + timedelta(minutes=minutes), **where), number
    ).case


async def many(kept: Kept, count: int, **where: str) -> list[Case]:
    """Cases of one company; pairs of them were submitted in the same moment."""
    made = [case(n + 1, case_id=new_id(), minutes=n // 2, **where) for n in range(count)]
    for one in random.sample(made, count):
        await kept.add(one)
    return made


async def ids(kept: Kept, listed: ListName, scope: Scope = HERE, limit: int = 50) -> list[str]:
    page = await kept.store.page(scope, Wanted(listed, ANN), NEWEST, None, limit)
    return [one.id for one in page.cases]


async def test_a_case_comes_back_as_it_was(kept: Kept) -> None:
    kept_case = replace(case(), after_seq=2**41 + 7)
    await kept.add(kept_case)
    assert await kept.store.get(None, HERE, CASE) == kept_case


async def test_a_changed_case_comes_back_changed(kept: Kept) -> None:
    await kept.add(case())
    line = ProblemLine(text="My lamp is dark", time=AT)
    await kept.change(CASE, lambda c: domain.hear_customer(c, [line], assignee_stays=True)[0])
    changed = await kept.change(
        CASE, lambda c: deciding.assign(c, ANN, 1, AT + timedelta(microseconds=1_234))
    )
    assert changed is not None
    assert changed.text.preview == "My lamp is dark"
    assert await kept.store.get(None, HERE, CASE) == changed


async def test_a_case_outside_of_the_scope_is_not_there(kept: Kept) -> None:
    await kept.add(case())
    for scope in (
        Scope(OTHER_TENANT, (COMPANY,)),
        Scope(TENANT, (OTHER_COMPANY,)),
        Scope(TENANT, ()),
    ):
        assert await kept.store.get(None, scope, CASE) is None
        assert await ids(kept, "all", scope) == []
        assert await kept.store.counts(scope, ANN) == Counts(0, 0, 0)


async def test_the_newest_submitted_come_first_and_pages_miss_nothing(kept: Kept) -> None:
    made = await many(kept, 11)
    seen: list[Case] = []
    after: str | None = None
    for _ in range(6):
        page = await kept.store.page(HERE, ALL, NEWEST, after, 2)
        seen += page.cases
        after = page.next
    assert after is None
    assert sorted(seen, key=lambda c: (c.now.created_at, c.id), reverse=True) == seen
    assert {one.id for one in seen} == {one.id for one in made}
    assert len(seen) == len(made)


async def test_a_page_is_not_moved_by_a_case_that_comes_meanwhile(kept: Kept) -> None:
    made = await many(kept, 6)
    first = await kept.store.page(HERE, ALL, NEWEST, None, 3)
    await kept.add(case(99, case_id=derived_id("newcomer"), minutes=60))
    second = await kept.store.page(HERE, ALL, NEWEST, first.next, 3)
    assert {one.id for one in [*first.cases, *second.cases]} == {one.id for one in made}


async def test_each_list_holds_its_cases_only(kept: Kept) -> None:
    first, second, third, fourth = [one.id for one in await many(kept, 4)]
    await kept.change(first, lambda c: deciding.assign(c, ANN, 1, AT))
    await kept.change(second, lambda c: deciding.assign(c, BEN, 1, AT))
    await kept.change(third, lambda c: deciding.assign(c, ANN, 1, AT))
    await kept.change(third, lambda c: deciding.resolve(c, ANN, 2, AT))
    assert await ids(kept, "unassigned") == [fourth]
    assert await ids(kept, "mine") == [first]
    assert set(await ids(kept, "all")) == {first, second, third, fourth}
    assert await kept.store.counts(HERE, ANN) == Counts(unassigned=1, mine=1, all=4)


async def test_a_pending_case_stands_in_all_and_not_in_unassigned(kept: Kept) -> None:
    await kept.add(case(email=""))
    assert (await ids(kept, "unassigned"), await ids(kept, "all")) == ([], [CASE])
    assert await kept.store.counts(HERE, ANN) == Counts(unassigned=0, mine=0, all=1)
    await kept.change(CASE, lambda c: domain.become_ready(c)[0])
    assert await ids(kept, "unassigned") == [CASE]
    assert await kept.store.counts(HERE, ANN) == Counts(unassigned=1, mine=0, all=1)


async def test_who_is_not_available_sees_no_case_that_waits(kept: Kept) -> None:
    mine, theirs, done, waiting = [one.id for one in await many(kept, 4)]
    pending = (await kept.add(case(99, case_id=new_id(), email=""))).id
    await kept.change(mine, lambda c: deciding.assign(c, ANN, 1, AT))
    for one in (theirs, done):
        await kept.change(one, lambda c: deciding.assign(c, BEN, 1, AT))
    await kept.change(done, lambda c: deciding.resolve(c, BEN, 2, AT))
    assert await ids(kept, "unassigned", AWAY) == []
    assert await ids(kept, "mine", AWAY) == [mine]
    assert set(await ids(kept, "all", AWAY)) == {mine, theirs, done}
    assert await kept.store.counts(AWAY, ANN) == Counts(unassigned=0, mine=1, all=3)
    for hidden in (waiting, pending):
        assert await kept.store.get(None, AWAY, hidden) is None
    assert await kept.store.get(None, AWAY, theirs) is not None


async def test_a_customer_needs_no_company_to_find_their_case(kept: Kept) -> None:
    await kept.add(case())
    assert await kept.store.get(None, Scope(TENANT, None), CASE) == case()
    assert await kept.store.get(None, Scope(OTHER_TENANT, None), CASE) is None


async def test_lists_of_several_companies_are_one(kept: Kept) -> None:
    here = [case(1, case_id=new_id(), minutes=1), case(2, case_id=new_id(), minutes=3)]
    there = [case(3, case_id=new_id(), minutes=2, company=OTHER_COMPANY)]
    for one in (*here, *there):
        await kept.add(one)
    assert await ids(kept, "unassigned", BOTH) == [here[1].id, there[0].id, here[0].id]
    assert (await kept.store.counts(BOTH, ANN)).all == 3


async def test_numbers_are_each_accounts_own_and_given_once(kept: Kept) -> None:
    numbers = await asyncio.gather(*(kept.store.next_number(TENANT) for _ in range(40)))
    assert sorted(numbers) == list(range(1001, 1041))
    assert await kept.store.next_number(OTHER_TENANT) == 1001


async def test_counts_equal_a_recount_after_any_history(kept: Kept) -> None:
    chance = random.Random(7)
    known = [*await many(kept, 8)]
    known += [await kept.add(case(90 + n, case_id=new_id(), email="")) for n in range(4)]
    known += [await kept.add(case(99, case_id=new_id(), company=OTHER_COMPANY))]
    for _ in range(60):
        await kept.change(chance.choice(known).id, lambda c: any_step(chance, c))
    cases = [await kept.store.get(None, BOTH, one.id) for one in known]
    for scope in (HERE, BOTH, AWAY):
        for person in (ANN, BEN):
            assert await kept.store.counts(scope, person) == recount(cases, scope, person)


def any_step(chance: random.Random, c: Case) -> Change | None:
    person = chance.choice([ANN, BEN])
    version = c.now.state_version
    line = ProblemLine(text="x", time=AT)
    steps: dict[str, list[Callable[[], Change | None]]] = {
        "pending": [
            lambda: deciding.assign(c, person, version, AT),
            lambda: domain.become_ready(c)[0],
            lambda: domain.stop_waiting(c, "Please write", "", AT)[0],
        ],
        "unassigned": [lambda: deciding.assign(c, person, version, AT)],
        "assigned": [
            lambda: deciding.resolve(c, person, version, AT),
            lambda: decisions.snooze(c, Asked(person, AT, version), None)[0],
            lambda: next(iter(domain.end_chat(c, AT, gone=True)), None),
        ],
        "snoozed": [
            lambda: deciding.resolve(c, person, version, AT),
            lambda: next(iter(decisions.transfer(c, Asked(person, AT, version), None)), None),
            lambda: domain.wake(c, "due", assignee_stays=chance.random() < 0.5)[0],
        ],
        "resolved": [
            lambda: None if c.now.rating else domain.answer_survey(c, 5, "", offered=True),
            lambda: deciding.reopen(c, person, version, AT),
            lambda: domain.hear_customer(
                deciding.answered(c), [line], assignee_stays=chance.random() < 0.5
            )[-1],
        ],
    }
    return chance.choice(steps[c.now.state])()


def recount(cases: list[Case | None], scope: Scope, person: str) -> Counts:
    within = [one.now for one in cases if one and one.company_id in (scope.companies or ())]
    seen = [one for one in within if scope.incoming or one.state not in INCOMING]
    return Counts(
        unassigned=sum(one.state == "unassigned" for one in seen),
        mine=sum(one.state in HELD and one.assignee_id == person for one in seen),
        all=len(seen),
    )


async def test_cases_are_found_by_the_beginnings_of_their_words(kept: Kept) -> None:
    await kept.add(case(1001))
    later = await kept.add(case(1002, case_id=new_id(), minutes=1))
    line = ProblemLine(text="Die Lampe im Möbelhaus", time=AT)
    await kept.change(CASE, lambda c: domain.hear_customer(c, [line], assignee_stays=True)[0])

    async def found(*terms: str, scope: Scope = HERE, limit: int = 9) -> list[str]:
        return [one.id for one in await kept.store.candidates(scope, terms, limit)]

    assert await found("cle") == [later.id, CASE]
    assert await found("cle", limit=1) == [later.id]
    assert await found("mobel", "cox") == [CASE]
    assert await found("1002") == [later.id]
    assert await found("haus") == []
    assert await found("cle", scope=AWAY) == []
    assert await found("cle", scope=Scope(OTHER_TENANT, (COMPANY,))) == []


async def test_what_is_rolled_back_is_not_counted(kept: Kept) -> None:
    await kept.keyring.create(CASE)

    async def work(tx: Any) -> None:
        await kept.store.add(tx, case())
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await kept.storage.transact(work)
    assert await kept.store.counts(HERE, ANN) == Counts(0, 0, 0)
    assert await ids(kept, "all") == []


# ---- on MongoDB only -----------------------------------------------------------------------------


async def test_nothing_personal_stands_in_the_database(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.add(case())
    line = ProblemLine(text="My secret lamp", time=AT)
    await kept.change(CASE, lambda c: domain.hear_customer(c, [line], assignee_stays=True)[0])
    row = await mongo_database.collection(CASES).find_one({"_id": CASE})
    assert not any(word in repr(row).lower() for word in ("cleo", "cox", "secret", "lamp"))


async def test_an_erased_case_is_gone_before_it_is_purged(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    first, second, third = [one.id for one in await many(kept, 3)]
    await kept.keyring.erase(second)
    assert await kept.store.get(None, HERE, second) is None
    assert set(await ids(kept, "all")) == {first, third}


async def test_many_at_once_are_all_counted(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    made = [case(n + 1, case_id=new_id()) for n in range(24)]
    await asyncio.gather(*(kept.add(one) for one in made))
    await asyncio.gather(
        *(kept.change(one.id, lambda c: deciding.assign(c, ANN, 1, AT)) for one in made)
    )
    assert await kept.store.counts(HERE, ANN) == Counts(unassigned=0, mine=24, all=24)


async def test_every_other_query_has_an_index(mongo_database: Database) -> None:
    await filled(mongo_database)
    cases = mongo_database.collection(CASES)
    one = {"_id": CASE, "tenant": TENANT}
    here = one | {"company_id": {"$in": [COMPANY]}}
    for terms in (["cle"], ["cleo", "cox"]):
        plan = await cases.explain(
            search_query(HERE, INDEX.of_terms(TENANT, terms)), NEWEST_FIRST, 9, "words"
        )
        assert stages(plan).isdisjoint({"COLLSCAN", "SORT"})
        assert indexes(plan) == {"words"}
    plans = [
        await cases.explain(one),
        await cases.explain(here),
        await cases.explain(here | {"state": {"$in": TAKEN}}),
        await mongo_database.collection(TALLIES).explain(
            {"tenant": TENANT, "company_id": {"$in": [COMPANY]}}
        ),
    ]
    assert [indexes(plan) for plan in plans] == [
        {"_id_"},
        {"_id_"},
        {"_id_"},
        {"of_company"},
    ]


async def filled(mongo_database: Database) -> Kept:
    kept = await on_mongo(mongo_database, FakeKeyring())
    for place, one in enumerate(await many(kept, 24)):
        if place % 3:
            person = (ANN, BEN)[place % 3 - 1]
            await kept.change(one.id, lambda c, by=person: deciding.assign(c, by, 1, AT))  # type: ignore[misc]
    return kept


def stages(plan: dict[str, Any]) -> set[str]:
    return {plan["stage"]}.union(*(stages(below) for below in _below(plan)))


def indexes(plan: dict[str, Any]) -> set[str]:
    own = {plan["indexName"]} if "indexName" in plan else set()
    if plan["stage"] == "IDHACK":
        own = {"_id_"}
    return own.union(*(indexes(below) for below in _below(plan)))


def _below(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [*plan.get("inputStages", []), *([plan["inputStage"]] if "inputStage" in plan else [])]
