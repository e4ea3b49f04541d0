"""Service levels on the desk: followed by every change, rung by timers, counted anew, tried out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chassis.ids import derived_id
from chassis.mongo import Database
from chassis.office_hours import OfficeHours
from chassis.storage import FakeStorage, MongoStorage, Storage
from chassis.tokens import Identity
from contracts.cases import CaseChanged
from services.cases.clocks import timer_of
from services.cases.keeping import timers_of
from services.cases.sla import NOTHING, Policy, Targets
from services.cases.sla_handlers import PortalNotFound
from services.cases.sla_lives import Tally
from services.cases.sla_store import (
    DEFAULT,
    LEVELS,
    FakeServiceLevels,
    MongoServiceLevels,
    Recount,
    ServiceLevel,
    ServiceLevels,
    open_query,
)
from services.cases.storage import CASES
from services.cases.tests.examples import (
    ANN,
    AT,
    CASE,
    COMPANY,
    OTHER_TENANT,
    PORTAL,
    TENANT,
    message,
    opened,
)
from services.cases.tests.house import House

MINUTE = timedelta(minutes=1)
POLICY = Policy(Targets(first_response=30, next_response=60, resolution=480))
ADMIN = Identity("technician", ANN, TENANT, "", companies=(COMPANY,), role="administrator")
TIMER = timer_of(CASE)
RECOUNT = f"sla_recount/{TENANT}/"


async def promise(house: House, policy: Policy | None = POLICY, portal_id: str = DEFAULT) -> None:
    """An administrator sets what is promised, and the recount runs to its end."""
    await house.sla.change(ADMIN, portal_id, policy)
    timer = RECOUNT + portal_id
    while timer in house.timers.scheduled:
        await house.fires(timer)


def told(house: House) -> list[str]:
    return [event.type for event in house.storage.emitted if ".sla_" in event.type]


async def test_a_new_case_is_due_and_a_timer_waits_for_its_warning(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    case = await house.case()
    assert case.now.sla_due_at == AT + 30 * MINUTE
    assert house.last.case == case.now
    assert house.timers.scheduled[TIMER][0] == AT + 22.5 * MINUTE
    assert TIMER in timers_of(CASE)


async def test_a_warning_and_a_breach_are_events_each_once(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    house.clock.advance(1380)
    await house.fires(TIMER)
    assert told(house) == ["case.sla_warned"]
    assert house.timers.scheduled[TIMER][0] == AT + 30 * MINUTE
    house.clock.advance(480)
    await house.fires(TIMER)
    assert told(house) == ["case.sla_warned", "case.sla_breached"]
    assert isinstance(house.last, CaseChanged)
    assert house.last.actor.kind == "system"
    assert house.last.case.sla_breached_at == AT + 31 * MINUTE
    # What comes next is the resolution's warning.
    assert house.timers.scheduled[TIMER][0] == AT + 360 * MINUTE


async def test_a_timer_that_comes_too_early_or_too_late_does_no_harm(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    # A clock that was put back: the timer fires, nothing is due, and it waits anew.
    await house.fires(TIMER)
    assert told(house) == []
    assert house.timers.scheduled[TIMER][0] == AT + 22.5 * MINUTE
    await house.hears(message("Hello", by="technician", at=AT + MINUTE))
    await house.act("resolve", ANN)
    assert TIMER not in house.timers.scheduled
    assert told(house) == []


async def test_an_answer_that_comes_too_late_is_told_of_even_before_the_timer_looks(
    house: House,
) -> None:
    await promise(house)
    await house.hears(opened())
    house.clock.advance(2700)
    await house.hears(message("Hello", by="technician"))
    assert house.told[-2:] == ["case.answered", "case.sla_breached"]
    assert house.last.aggregate_version == (await house.case()).version
    assert (await house.case()).now.sla_kind == "resolution"


async def test_marks_and_notes_leave_the_clocks_alone(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    before = (await house.case()).now.sla_clocks
    house.clock.advance(60)
    await house.hears(message("Help"), message("Please"))
    await house.act("assign", ANN, 1)
    await house.act("flag", ANN)
    assert (await house.case()).now.sla_clocks == before


async def test_a_desk_that_promises_nothing_has_no_clocks_and_no_timers(house: House) -> None:
    await house.hears(opened(), message("Help"))
    assert (await house.case()).now.sla_clocks == ()
    assert TIMER not in house.timers.scheduled


async def test_open_cases_are_counted_anew_and_old_sins_are_not_rung(house: House) -> None:
    await house.hears(opened())
    house.clock.advance(2400)
    await promise(house)
    case = await house.case()
    assert told(house) == ["case.sla_changed"]
    assert case.now.sla_due_at == AT + 30 * MINUTE
    assert case.now.sla_breached_at is not None
    level, _ = await house.sla.show(ADMIN)
    assert level is not None
    assert level.recount == Recount(1, 1, finished=True)
    # Its timer waits for the resolution; nobody is told of what is past.
    assert house.timers.scheduled[TIMER][0] == AT + 360 * MINUTE


async def test_a_recount_that_changes_nothing_says_nothing(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    house.clock.advance(1500)
    await house.fires(TIMER)
    before = await house.case()
    await promise(house)
    assert await house.case() == before
    await promise(house, replace(POLICY, warn_percent=50))
    assert house.timers.scheduled[TIMER][0] == AT + 30 * MINUTE


async def test_what_is_promised_no_more_is_due_no_more(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    await promise(house, None)
    assert (await house.case()).now.sla_clocks == ()
    assert (await house.case()).now.sla_due_at is None
    assert TIMER not in house.timers.scheduled
    assert await house.sla.show(ADMIN) == (None, [*(await house.sla.show(ADMIN))[1]])


async def test_a_portal_has_its_own_and_goes_back_to_what_all_others_have(house: House) -> None:
    await promise(house)
    await house.hears(opened())
    await promise(house, Policy(Targets(first_response=5)), PORTAL)
    assert (await house.case()).now.sla_due_at == AT + 5 * MINUTE
    await promise(house, None, PORTAL)
    assert (await house.case()).now.sla_due_at == AT + 30 * MINUTE


async def test_another_edit_begins_the_recount_again(house: House) -> None:
    await house.hears(opened())
    await house.sla.change(ADMIN, DEFAULT, POLICY)
    old = house.timers.scheduled[RECOUNT]
    await house.sla.change(ADMIN, DEFAULT, NOTHING)
    house.timers.scheduled[RECOUNT] = old
    await house.fires(RECOUNT)
    assert (await house.case()).now.sla_clocks == ()


async def test_an_edit_stands_in_the_audit_log(house: House) -> None:
    hours = OfficeHours(
        "Europe/Berlin", (((540, 1020),), *((),) * 6), frozenset({date(2026, 12, 25)})
    )
    await house.sla.change(ADMIN, PORTAL, replace(POLICY, hours=hours))
    await house.sla.change(ADMIN, PORTAL, None)
    changed, removed = house.storage.noted
    assert (changed.action, removed.action) == ("sla.changed", "sla.removed")
    assert changed.actor.id == ANN
    details = {it.name: it.value for it in changed.details}
    assert details["first_response"] == "30"
    assert details["hours"].startswith("09:00-17:00")
    assert details["holidays"] == "2026-12-25"
    gone = {it.name: (it.before, it.value) for it in removed.details}
    assert gone["first_response"] == ("30", "")
    assert gone["portal"][0] is None


async def test_somebody_elses_portal_is_none(house: House) -> None:
    with pytest.raises(PortalNotFound):
        await house.sla.change(ADMIN, derived_id("another portal"), POLICY)
    with pytest.raises(PortalNotFound):
        await house.sla.change(replace(ADMIN, companies=()), PORTAL, POLICY)
    with pytest.raises(PortalNotFound):
        await house.sla.try_out(replace(ADMIN, companies=()), PORTAL, POLICY, None)


async def test_a_trial_changes_nothing(house: House) -> None:
    await house.hears(opened())
    house.clock.advance(1200)
    await house.hears(message("Hello", by="technician"))
    house.clock.advance(60)
    before, emitted = await house.case(), list(house.storage.emitted)
    part = await house.sla.try_out(ADMIN, DEFAULT, Policy(Targets(first_response=10)), None)
    (outcome,) = part.outcomes
    assert outcome.number == before.now.number
    assert outcome.before == {}
    assert outcome.after == {"first_response": Tally(breached=1)}
    assert await house.case() == before
    assert house.storage.emitted == emitted
    assert (await house.sla.try_out(ADMIN, PORTAL, POLICY, None)).outcomes[0].after == {
        "first_response": Tally(met=1)
    }


async def test_a_preview_says_when_what_comes_in_now_is_due(house: House) -> None:
    hours = OfficeHours("UTC", (((600, 1020),), *((),) * 6))
    preview = house.sla.preview(Policy(Targets(first_response=30, resolution=600), hours=hours))
    assert not preview.open
    assert preview.due == {
        "first_response": AT.replace(hour=10, minute=30),
        "resolution": AT.replace(hour=13) + timedelta(days=7),
    }


# ---- the store, in memory and on MongoDB ---------------------------------------------------------

WEEK = (((540, 720), (780, 1020)), ((1320, 360),), (), (), (), (), ())
LEVEL = ServiceLevel(
    TENANT,
    PORTAL,
    Policy(
        Targets(first_response=30, resolution=480),
        {"urgent": Targets(first_response=5)},
        10,
        OfficeHours("Europe/Madrid", WEEK, frozenset({date(2026, 12, 25)})),
    ),
    3,
    datetime(2026, 1, 5, tzinfo=UTC),
    Recount(1, 2, finished=False),
)


async def check_levels(storage: Storage, levels: ServiceLevels) -> None:
    everywhere = replace(LEVEL, portal_id=DEFAULT, policy=POLICY, recount=None)
    others = replace(LEVEL, tenant=OTHER_TENANT)
    for level in (LEVEL, everywhere, others):
        await storage.transact(lambda tx, it=level: levels.put(tx, it))  # type: ignore[misc]
    assert await levels.get(None, TENANT, PORTAL) == LEVEL
    assert await levels.get(None, TENANT, derived_id("another")) is None
    found = sorted(await levels.all(TENANT), key=lambda it: it.portal_id)
    assert found == [everywhere, LEVEL]
    assert await levels.policy_of(None, TENANT, PORTAL) == LEVEL.policy
    assert await levels.policy_of(None, TENANT, derived_id("another")) == POLICY
    gone = replace(LEVEL, removed=True, policy=NOTHING)
    await storage.transact(lambda tx: levels.put(tx, gone))
    assert await levels.policy_of(None, TENANT, PORTAL) == POLICY
    assert await levels.all(TENANT) == [everywhere]
    assert await levels.count_open(TENANT) == 0
    assert await levels.open_cases(None, TENANT, "", 10) == []


async def test_levels_are_kept_in_memory() -> None:
    storage = FakeStorage()
    await check_levels(storage, FakeServiceLevels(storage))


@pytest.mark.usefixtures("db_prefix")
async def test_levels_are_kept_on_mongo_and_every_query_has_an_index(
    mongo_url: str, db_prefix: str
) -> None:
    async with Database.connect(mongo_url, f"{db_prefix}cases") as database:
        levels = MongoServiceLevels(database)
        await levels.prepare()
        house = House()
        await check_levels(MongoStorage(database, house.keyring, house.clock), levels)
        rows = {"tenant": TENANT, "portal_id": PORTAL, "state": "assigned"}
        cases = database.collection(CASES)
        for number in range(3):
            await cases.insert_one({"_id": str(number), **rows})
        await cases.insert_one({"_id": "9", **rows, "state": "resolved"})
        assert await levels.open_cases(None, TENANT, "0", 1) == [("1", PORTAL)]
        assert await levels.count_open(TENANT) == 3
        plans = [
            await cases.explain(
                {"_id": {"$gt": ""}, **open_query(TENANT)}, [("_id", 1)], hint="recounted"
            ),
            await database.collection(LEVELS).explain({"tenant": TENANT}, hint="of_account"),
            await database.collection(LEVELS).explain({"_id": {"$in": ["a", "b"]}}),
        ]
        assert all("COLLSCAN" not in repr(plan) and "'SORT'" not in repr(plan) for plan in plans)
