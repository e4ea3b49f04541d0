"""A process may end at any point: what a rule has to do is done, and done once (on the real database)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.failpoints import FailpointRaised, arm
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from chassis.timers import MongoTimers
from contracts.cases import CaseState
from contracts.envelope import Actor
from services.cases import domain, rule_store
from services.cases.actions import Flag, Label, Prioritise
from services.cases.history import MongoHistory
from services.cases.keeping import Cause, Keeper
from services.cases.labels import MongoLabels
from services.cases.rule_runs import FROM_RUNS, RUNS, RuleRuns, run_ids
from services.cases.rule_store import (
    RULES,
    FakeRules,
    MongoRules,
    RuleStore,
    RuleTally,
    TooManyRules,
    in_force_query,
)
from services.cases.rules import FlaggedIs, Rule, TextHas
from services.cases.search import BlindIndex
from services.cases.steps import WriteNote
from services.cases.storage import MongoCaseStore
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    OTHER_TENANT,
    TENANT,
    FakePeople,
    opened,
    technician,
)
from services.cases.tests.house import HERE, MINUTE
from services.cases.tests.ruling import rule

NOTED = (Prioritise(priority="high"), WriteNote(text="By rule"))


@dataclass
class Desk:
    """One instance of cases, as far as rules need it; another one is made like it after a crash."""

    database: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        keyring = FakeKeyring()
        self.storage = MongoStorage(self.database, keyring, self.clock)
        timers = MongoTimers(self.database, self.storage, self.clock, new_id())
        self.runs = MongoTimers(self.database, self.storage, self.clock, new_id(), RUNS)
        self.history = MongoHistory(self.database, keyring)
        self.store = MongoCaseStore(self.database, keyring, BlindIndex(bytes(32)))
        people = FakePeople(technician(ANN, "Ann"), technician(BEN, "Ben"))
        self.keeper = Keeper(self.storage, self.store, self.history, people, timers, ask_for=MINUTE)
        self.rules = MongoRules(self.database)
        self.labels = MongoLabels(self.database)
        self.ruling = RuleRuns(self.keeper, self.rules, self.labels, self.runs, self.clock)
        self.keeper.follow = self.ruling.follow
        self.keyring = keyring

    async def begin(self) -> None:
        await self.keyring.create(CASE)
        for part in (self.store, self.history, self.rules, self.labels, self.runs):
            await part.prepare()
        wanted = replace(rule("opened", *NOTED), id=new_id(), tenant=TENANT, on=True)
        await self.storage.transact(lambda tx: self.rules.put(tx, wanted))

    async def opens(self) -> None:
        """A customer comes."""
        change = domain.open_case(opened(), 1001)
        cause = Cause(self.clock.now(), Actor(kind="customer", via="portal"), new_id())
        await self.storage.transact(lambda tx: self.keeper.begin(tx, change, cause))

    async def works(self) -> int:
        self.clock.advance(timedelta(minutes=10).total_seconds())
        return await self.runs.fire_due(
            {kind: partial(run, self.ruling) for kind, run in FROM_RUNS.items()}
        )

    async def now(self) -> CaseState:
        case = await self.store.get(None, HERE, CASE)
        assert case is not None
        return case.now

    async def told(self) -> list[str]:
        return [it.type for it in await self.history.read(None, CASE)]


RAN = ["case.opened", "case.edited", "case.noted", "case.ruled"]


@pytest.fixture
async def desk(mongo_database: Database) -> AsyncIterator[Desk]:
    desk = Desk(mongo_database, FakeClock(AT))
    await desk.begin()
    yield desk
    arm("")


def restarted(desk: Desk) -> Desk:
    """Another process on the same database."""
    other = Desk(desk.database, desk.clock)
    other.keyring._keys = desk.keyring._keys
    return other


@pytest.mark.mongo
async def test_a_process_that_ends_behind_the_event_leaves_the_run_to_another(desk: Desk) -> None:
    arm("transaction.after_commit=raise@1")
    with pytest.raises(FailpointRaised):
        await desk.opens()
    arm("")
    assert (await desk.now()).priority == "normal"
    again = restarted(desk)
    assert await again.works() == 1
    assert (await again.now()).priority == "high"
    assert await again.told() == RAN
    assert await again.works() == 0


@pytest.mark.mongo
async def test_one_that_ends_behind_the_run_has_it_done_once(desk: Desk) -> None:
    await desk.opens()
    arm("transaction.after_commit=raise@1")
    await desk.works()
    arm("")
    assert await desk.told() == RAN
    again = restarted(desk)
    assert await again.works() == 0
    assert await again.told() == RAN
    (tally,) = (await again.rules.tallies(TENANT)).values()
    assert tally.runs == 1


@pytest.mark.mongo
async def test_one_that_ends_within_the_run_leaves_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.opens()

    async def ends(*_: object, **__: object) -> None:
        raise FailpointRaised("within")

    with monkeypatch.context() as broken:
        broken.setattr(desk.rules, "note_run", ends)
        await desk.works()
    assert await desk.told() == ["case.opened"]
    assert (await desk.now()).priority == "normal"
    again = restarted(desk)
    assert await again.works() == 1
    assert await again.told() == RAN


@pytest.mark.mongo
async def test_two_that_look_at_once_run_it_once(desk: Desk) -> None:
    await desk.opens()
    rows = await desk.database.collection(RUNS).find({})
    await desk.works()
    other = restarted(desk)
    handlers = {kind: partial(run, other.ruling) for kind, run in FROM_RUNS.items()}
    for row in rows:
        # As an instance would that had read the row before the first one took it away.
        await other.runs._fire(row, handlers)
    assert await other.told() == RAN


@pytest.mark.mongo
async def test_what_is_still_to_be_run_goes_with_its_case(desk: Desk) -> None:
    await desk.opens()
    (purge,) = desk.runs.holdings_below(run_ids).values()
    assert await purge(new_id()) == 0
    assert await purge(CASE) == 1
    assert await desk.works() == 0


# ---- the store, fake and real --------------------------------------------------------------------


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> tuple[Storage, RuleStore]:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return storage, FakeRules(storage)
    rules = MongoRules(memory_or_mongo)
    await rules.prepare()
    return MongoStorage(memory_or_mongo, FakeKeyring()), rules


def placed(place: int, **more: Any) -> Rule:
    asks = (TextHas(values=("lamp",)), FlaggedIs(negated=True))
    written = rule("opened", Flag(), Label(add=(CASE,)), asks=asks)
    return replace(written, id=new_id(), tenant=TENANT, place=place, **more)


async def test_rules_come_in_order_and_only_those_that_are_meant(
    kept: tuple[Storage, RuleStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, rules = kept
    last, first = placed(2, on=True, on_since=AT), placed(1, on=True)
    off, other = placed(0), placed(3, on=True, trigger="ready")
    theirs = replace(placed(0, on=True), tenant=OTHER_TENANT)

    async def keep(tx: Tx) -> None:
        await rules.put(tx, last, first, off, other, theirs)

    await storage.transact(keep)
    assert await rules.all(None, TENANT) == [off, first, last, other]
    assert await rules.in_force(None, TENANT, ("opened",)) == [first, last]
    assert await rules.in_force(None, TENANT, ("opened", "ready")) == [first, last, other]
    assert await rules.get(None, OTHER_TENANT, first.id) is None
    monkeypatch.setattr(rule_store, "MOST", 4)
    with pytest.raises(TooManyRules):
        await storage.transact(lambda tx: rules.put(tx, placed(5)))
    changed = replace(first, name="Changed", revision=2)
    await storage.transact(lambda tx: rules.put(tx, changed))
    assert await rules.get(None, TENANT, first.id) == changed


async def test_what_a_transaction_changes_of_the_rules_it_sees(
    kept: tuple[Storage, RuleStore],
) -> None:
    storage, rules = kept
    known, new = placed(1, on=True), placed(2, on=True)
    await storage.transact(lambda tx: rules.put(tx, known))

    async def change(tx: Tx) -> None:
        assert await rules.in_force(tx, TENANT, ("opened",)) == [known]
        await rules.put(tx, new)
        assert await rules.in_force(tx, TENANT, ("opened",)) == [known, new]
        await rules.remove(tx, known)
        assert await rules.in_force(tx, TENANT, ("opened",)) == [new]

    await storage.transact(change)
    assert await rules.in_force(None, TENANT, ("opened",)) == [new]


@pytest.mark.mongo
async def test_a_transaction_looks_once_however_many_cases_it_is_about(
    mongo_database: Database,
) -> None:
    rules = MongoRules(mongo_database)
    await rules.prepare()
    looking, looks = rules._rows.find, list[Any]()

    async def counted(*given: Any, **how: Any) -> Any:
        looks.append(given)
        return await looking(*given, **how)

    rules._rows.find = counted  # type: ignore[method-assign]

    async def many(tx: Tx) -> None:
        for _ in range(5):
            await rules.in_force(tx, TENANT, ("opened",))

    await MongoStorage(mongo_database, FakeKeyring()).transact(many)
    assert len(looks) == 1


async def test_runs_are_counted_and_go_with_their_rule(kept: tuple[Storage, RuleStore]) -> None:
    storage, rules = kept
    counted = placed(0)
    await storage.transact(lambda tx: rules.put(tx, counted))
    await storage.transact(lambda tx: rules.note_run(tx, counted, AT, done=True))
    await storage.transact(lambda tx: rules.note_run(tx, counted, AT, done=False))
    assert await rules.tallies(TENANT) == {counted.id: RuleTally(1, 1, AT)}
    assert await rules.tallies(OTHER_TENANT) == {}
    await storage.transact(lambda tx: rules.remove(tx, counted))
    assert await rules.tallies(TENANT) == {}
    assert await rules.all(None, TENANT) == []


@pytest.mark.mongo
async def test_every_look_has_its_index(mongo_database: Database) -> None:
    await MongoRules(mongo_database).prepare()
    rows = mongo_database.collection(RULES)
    for plan in (
        await rows.explain({"tenant": TENANT}, [("place", 1)]),
        await rows.explain(in_force_query(TENANT, ("opened", "ready"))),
    ):
        assert "COLLSCAN" not in repr(plan)
        assert "'SORT'" not in repr(plan)
