"""One suite for the store of automatic assignment in memory and the one on MongoDB."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from chassis.timers import MongoTimers
from services.cases import domain
from services.cases.assignment import OwnRoom, Plan, Room
from services.cases.assignment_store import (
    ASSIGNMENT,
    AssignmentStore,
    FakeAssignmentStore,
    MongoAssignmentStore,
    Place,
    load_query,
    waiting_query,
)
from services.cases.dispatching import Dispatcher
from services.cases.domain import Case
from services.cases.history import MongoHistory
from services.cases.keeping import Keeper
from services.cases.search import BlindIndex
from services.cases.storage import CASES, CaseStore, FakeCaseStore, MongoCaseStore
from services.cases.tests import deciding
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    PORTAL,
    TENANT,
    FakePeople,
    admitted,
    opened,
    technician,
)
from services.cases.tests.test_storage import stages

INDEX = BlindIndex(bytes(32))
HERE = Place(TENANT, COMPANY, PORTAL)


class Kept:
    """The store with the cases that it counts."""

    def __init__(
        self, storage: Storage, store: AssignmentStore, cases: CaseStore, keyring: FakeKeyring
    ) -> None:
        self.storage = storage
        self.store = store
        self.cases = cases
        self.keyring = keyring

    async def has(self, *cases: Case) -> list[str]:
        for case in cases:
            await self.keyring.create(case.id)
            await self.storage.transact(lambda tx, it=case: self.cases.add(tx, it))  # type: ignore[misc]
        return [case.id for case in cases]

    async def keep(self, plan: Plan) -> None:
        await self.storage.transact(lambda tx: self.store.keep(tx, plan))

    async def next(self) -> Plan:
        plan = await self.storage.transact(lambda tx: self.store.next(tx, TENANT))
        assert plan is not None
        return plan


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    keyring = FakeKeyring()
    if memory_or_mongo is None:
        storage = FakeStorage()
        cases = FakeCaseStore(storage, INDEX)
        return Kept(storage, FakeAssignmentStore(storage), cases, keyring)
    return await on_mongo(memory_or_mongo, keyring)


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    cases = MongoCaseStore(database, keyring, INDEX)
    await cases.prepare()
    store = MongoAssignmentStore(database)
    await store.prepare()
    return Kept(MongoStorage(database, keyring), store, cases, keyring)


NUMBERS = iter(range(1, 10_000))


def chat(minutes: int = 0, **where: str) -> Case:
    at = AT + timedelta(minutes=minutes)
    return domain.open_case(opened(new_id(), at=at, **where), next(NUMBERS)).case


def request(minutes: int = 0) -> Case:
    at = AT + timedelta(minutes=minutes)
    return domain.open_request(admitted(new_id()).ticket, "Help", at, next(NUMBERS)).case


def taken(case: Case, by: str) -> Case:
    change = deciding.assign(case, by, 1, AT)
    assert change is not None
    return change.case


async def test_an_account_that_never_decided_has_the_default(kept: Kept) -> None:
    assert await kept.store.plan(None, TENANT) == Plan(TENANT)
    assert await kept.store.switched_on() == []


async def test_a_plan_comes_back_as_it_was(kept: Kept) -> None:
    plan = Plan(TENANT, frozenset({PORTAL}), Room(1, 2), {ANN: OwnRoom(chats=7)})
    await kept.keep(plan)
    await kept.keep(Plan(OTHER_TENANT))
    assert await kept.store.plan(None, TENANT) == plan
    assert await kept.store.switched_on() == [plan]
    await kept.keep(plan.switched(PORTAL, automatic=False))
    assert await kept.store.switched_on() == []


async def test_turns_are_numbered_and_outlive_what_is_decided(kept: Kept) -> None:
    await kept.keep(Plan(TENANT))
    turn = (await kept.next()).given
    await kept.storage.transact(lambda tx: kept.store.give(tx, TENANT, ANN, turn))
    await kept.keep(Plan(TENANT, capacity=Room(9, 9)))
    plan = await kept.next()
    assert (plan.given, dict(plan.turns), plan.capacity) == (2, {ANN: 1}, Room(9, 9))


async def test_what_technicians_have_is_counted_by_kind(kept: Kept) -> None:
    snoozed = taken(request(), ANN)
    await kept.has(
        taken(chat(), ANN),
        taken(chat(), ANN),
        taken(request(), ANN),
        taken(request(), BEN),
        replace(snoozed, now=snoozed.now.model_copy(update={"state": "snoozed"})),
        taken(chat(tenant=OTHER_TENANT), ANN),
        chat(),
    )
    loads = await kept.store.loads(None, TENANT, [ANN, BEN])
    assert loads == {ANN: Room(2, 1), BEN: Room(0, 1)}


async def test_what_waits_is_found_oldest_first(kept: Kept) -> None:
    late, early = chat(5), chat(1)
    asked = request(3)
    await kept.has(
        late,
        early,
        asked,
        taken(chat(), ANN),
        chat(company=OTHER_COMPANY),
        chat(tenant=OTHER_TENANT),
    )
    assert [it.case_id for it in await kept.store.waiting(HERE, live=True)] == [early.id, late.id]
    assert [it.case_id for it in await kept.store.waiting(HERE, live=False)] == [asked.id]
    other = replace(HERE, portal_id=derived_id("another portal"))
    assert await kept.store.waiting(other, live=True) == []


async def test_the_chats_of_technicians_are_found(kept: Kept) -> None:
    mine = taken(chat(), ANN)
    await kept.has(mine, taken(request(), ANN), taken(chat(), BEN), chat())
    assert await kept.store.chats_of(TENANT, [ANN]) == [mine.id]


@pytest.mark.mongo
async def test_every_question_has_an_index(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.has(*[taken(chat(), ANN) for _ in range(5)], *[request() for _ in range(5)])
    await kept.keep(Plan(TENANT, frozenset({PORTAL})))
    cases = mongo_database.collection(CASES)
    plans = [
        await cases.explain(load_query(TENANT, [ANN, BEN])),
        await cases.explain(load_query(TENANT, [ANN, BEN]) | {"live": True}, hint="load"),
        await cases.explain(
            waiting_query(HERE, live=False), sort=[("submitted", 1)], hint="to_assign"
        ),
        await mongo_database.collection(ASSIGNMENT).explain({"on": True}, hint="on"),
    ]
    for plan in plans:
        assert stages(plan).isdisjoint({"COLLSCAN", "SORT"}), plan


# ---- several instances ---------------------------------------------------------------------------


@pytest.mark.mongo
async def test_several_instances_give_each_case_once_fairly_and_to_nobody_too_many(
    mongo_database: Database,
) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    people = {derived_id(f"person {n}"): f"Person {n}" for n in range(4)}
    listed = [technician(it, name) for it, name in people.items()]
    await kept.keep(Plan(TENANT, frozenset({PORTAL}), Room(chats=3, cases=3)))
    await kept.has(*[chat(minutes) for minutes in range(14)])
    instances = [_instance(mongo_database, kept, FakePeople(*listed), n) for n in range(3)]
    for it in instances:
        await it.prepare()
    given = await asyncio.gather(*(it.dispatcher.look() for it in instances))
    loads = await kept.store.loads(None, TENANT, people)
    assert sum(given) == 12
    assert loads == {it: Room(chats=3) for it in people}, "fair, and nobody has more than they take"
    rows = await mongo_database.collection("history").find({"type": "case.assigned"})
    times = Counter(row["case_id"] for row in rows)
    assert set(times.values()) == {1}
    told = await mongo_database.collection("history").find({"type": "case.routed"})
    nobody = [row for row in told if row["tells"]["technician_id"] is None]
    assert len(nobody) == 2, "that the others have to wait is told once, whoever found it"


class _Instance:
    def __init__(self, keeper: Keeper, history: MongoHistory, dispatcher: Dispatcher) -> None:
        self._history = history
        self.keeper = keeper
        self.dispatcher = dispatcher

    async def prepare(self) -> None:
        await self._history.prepare()


def _instance(database: Database, kept: Kept, people: Any, n: int) -> _Instance:
    storage = MongoStorage(database, kept.keyring)
    clock = FakeClock(AT)
    history = MongoHistory(database, kept.keyring)
    timers = MongoTimers(database, storage, clock, f"instance {n}")
    keeper = Keeper(storage, kept.cases, history, people, timers, ask_for=timedelta(minutes=1))
    return _Instance(keeper, history, Dispatcher(keeper, MongoAssignmentStore(database), clock))
