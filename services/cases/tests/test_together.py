"""Two consoles and automatic assignment at random on the real store (N5): in the end all say the same.

The seed decides who does what on which screen, old ones among them. Afterwards the store, the history, what was
put on the bus, and two screens that read it in any order and twice must agree, event by event.
"""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

import orjson
import pytest

from chassis.clock import FakeClock
from chassis.errors import DeskbusError
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from services.cases import domain
from services.cases.actions import Act, Assign, Open, Pend, Reopen, Resolve, Snooze, Transfer
from services.cases.assignment import Plan, Room
from services.cases.assignment_store import MongoAssignmentStore
from services.cases.dispatching import Dispatcher
from services.cases.domain import Case, CaseMovedOn
from services.cases.history import Entry, MongoHistory
from services.cases.keeping import SYSTEM, Cause, Keeper
from services.cases.labels import FakeLabels
from services.cases.search import BlindIndex
from services.cases.storage import MongoCaseStore
from services.cases.technicians import Technicians
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    PORTAL,
    TENANT,
    FakePeople,
    opened,
    technician,
)
from services.cases.tests.house import HERE, who

CASES, STEPS = 5, 30
ACTS: list[Act] = [
    Assign(),
    Resolve(),
    Reopen(),
    Open(),
    Pend(),
    Snooze(until="reply"),
    Transfer(to=ANN),
    Transfer(to=BEN),
    Transfer(to=None),
]

pytestmark = pytest.mark.mongo


class Instance:
    """One of the service's instances, as far as it decides."""

    def __init__(self, database: Database, keyring: FakeKeyring, people: Any, name: str) -> None:
        clock = FakeClock(AT)
        self.storage = MongoStorage(database, keyring)
        self.store = MongoCaseStore(database, keyring, BlindIndex(bytes(32)))
        self.history = MongoHistory(database, keyring)
        self.timers = MongoTimers(database, self.storage, clock, name)
        self.keeper = Keeper(
            self.storage,
            self.store,
            self.history,
            people,
            self.timers,
            ask_for=timedelta(minutes=1),
        )
        self.plans = MongoAssignmentStore(database)
        self.technicians = Technicians(self.keeper, FakeLabels(), clock)
        self.dispatcher = Dispatcher(self.keeper, self.plans, clock)

    async def prepare(self) -> None:
        for part in (self.store, self.history, self.timers, self.plans):
            await part.prepare()

    async def open(self, keyring: FakeKeyring, number: int) -> str:
        case_id = new_id()
        await keyring.create(case_id)
        change = domain.open_case(opened(case_id), number)
        cause = Cause(AT, SYSTEM, new_id())
        await self.storage.transact(lambda tx: self.keeper.begin(tx, change, cause))
        return case_id


@dataclass
class Console:
    """A technician whose screen may be old; what they press is decided by the seed."""

    me: str
    instance: Instance
    cases: list[str]
    chance: random.Random
    seen: dict[str, int] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)

    async def work(self) -> None:
        for _ in range(STEPS):
            case_id = self.chance.choice(self.cases)
            if case_id not in self.seen or self.chance.random() < 0.6:
                self.seen[case_id] = (await self._case(case_id)).now.state_version
            await self._press(case_id, self.chance.choice(ACTS))

    async def _press(self, case_id: str, act: Act) -> None:
        try:
            case = await self.instance.technicians.act(
                who(self.me), case_id, act, self.seen[case_id]
            )
        except CaseMovedOn as news:
            self.outcomes["moved on"] += 1
            self.seen[case_id] = news.case.now.state_version
        except DeskbusError as error:
            self.outcomes[error.code] += 1
        else:
            self.outcomes["done"] += 1
            self.seen[case_id] = case.now.state_version

    async def _case(self, case_id: str) -> Case:
        case = await self.instance.store.get(None, HERE, case_id)
        assert case is not None
        return case


async def give_out(instance: Instance, chance: random.Random) -> None:
    for _ in range(STEPS):
        await instance.dispatcher.look()
        await asyncio.sleep(chance.uniform(0, 0.01))


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_a_random_day_everybody_says_the_same(
    mongo_database: Database, seed: int
) -> None:
    chance, keyring = random.Random(seed), FakeKeyring()
    people = FakePeople(technician(ANN, "Ann"), technician(BEN, "Ben"))
    first, second = (Instance(mongo_database, keyring, people, it) for it in ("one", "two"))
    await first.prepare()
    plan = Plan(TENANT, frozenset({PORTAL}), Room(chats=2, cases=2))
    await first.storage.transact(lambda tx: first.plans.keep(tx, plan))
    cases = [await first.open(keyring, number) for number in range(1, CASES + 1)]
    seeds = iter(chance.sample(range(1_000_000), 4))
    ann = Console(ANN, first, cases, random.Random(next(seeds)))
    ben = Console(BEN, second, cases, random.Random(next(seeds)))
    # Once before anybody is quicker, so that in every run something is given out by itself.
    given = await first.dispatcher.look()
    await asyncio.gather(
        ann.work(),
        ben.work(),
        give_out(first, random.Random(next(seeds))),
        give_out(second, random.Random(next(seeds))),
    )
    outcomes = ann.outcomes + ben.outcomes
    assert min(outcomes["done"], outcomes["moved on"], given) > 0, "the run proves something"
    told = await on_the_bus(mongo_database)
    for case_id in cases:
        case = await first.store.get(None, HERE, case_id)
        assert case is not None
        entries = await first.history.read(None, case_id)
        expect_same(case, entries, told[case_id])
        assert fold(entries) == (case.now.state, case.now.assignee_id)
        for _ in range(2):
            assert screen(told[case_id], chance) == (case.version, case.now.model_dump(mode="json"))
    await expect_counts(first, cases)


async def on_the_bus(database: Database) -> dict[str, list[dict[str, Any]]]:
    told: dict[str, list[dict[str, Any]]] = {}
    for row in await database.collection("outbox").find({}):
        if row["topic"] == "case-events":
            told.setdefault(row["key"], []).append(orjson.loads(row["value"]))
    return told


def expect_same(case: Case, entries: list[Entry], told: list[dict[str, Any]]) -> None:
    """No version twice and none missing; each decision outdated exactly those made on the state before it."""
    assert [it.version for it in entries] == list(range(1, case.version + 1))
    assert entries[-1].now == case.now
    ordered = sorted(told, key=lambda it: int(it["aggregate_version"]))
    assert [it["id"] for it in ordered] == [it.id for it in entries]
    assert [it["case"] for it in ordered] == [it.now.model_dump(mode="json") for it in entries]
    for before, after in pairwise(entries):
        turned = after.now.state_version - before.now.state_version
        moved = (before.now.state, before.now.assignee_id) != (
            after.now.state,
            after.now.assignee_id,
        )
        assert turned in {0, 1}
        assert turned == 1 or not moved


def fold(entries: list[Entry]) -> tuple[str, str | None]:  # noqa: C901 - a line for each kind of event
    """State and assignee as they follow from what the events say, without the state that they carry."""
    state, holder = "", None
    for entry in entries:
        by = entry.tells.get("technician_id")
        match entry.type:
            case "case.opened" | "case.ready":
                state = "unassigned"
            case "case.assigned" | "case.reopened":
                state, holder = "assigned", by
            case "case.transferred":
                assert entry.tells["from_id"] == holder
                holder = by
                if state != "snoozed":
                    state = "assigned" if by else "unassigned"
            case "case.woken":
                state, holder = "assigned", by
            case "case.resolved":
                state, holder = "resolved", holder or by
            case "case.pending":
                state, holder = "pending", None
            case "case.snoozed":
                state = "snoozed"
            case "case.routed":
                assert state == "unassigned"
            case other:
                raise AssertionError(other)
    return state, holder


def screen(told: list[dict[str, Any]], chance: random.Random) -> tuple[int, dict[str, Any]]:
    """A console that hears of everything in any order, and of some things twice: the newest version holds."""
    heard = chance.sample([*told, *told[::2]], k=len(told) + len(told[::2]))
    version, shown = 0, {}
    for event in heard:
        if event["aggregate_version"] > version:
            version, shown = event["aggregate_version"], event["case"]
    return version, shown


async def expect_counts(instance: Instance, cases: list[str]) -> None:
    """What is counted as it changes is what is there."""
    found = [await instance.store.get(None, HERE, case_id) for case_id in cases]
    held = [it for it in found if it and it.now.state in {"assigned", "snoozed"}]
    for me in (ANN, BEN):
        counts = await instance.store.counts(HERE, me)
        assert counts.all == CASES
        assert counts.unassigned == sum(it.now.state == "unassigned" for it in found if it)
        assert counts.mine == sum(it.now.assignee_id == me for it in held)
