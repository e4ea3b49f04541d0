"""Automatic assignment switched on for the last month, which it was not (S37, N9), changing nothing."""

from datetime import timedelta

import pytest

from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage
from services.cases.actions import Transfer
from services.cases.assigning import NotInAccount
from services.cases.assignment import Room
from services.cases.attendance import (
    Attendance,
    AttendanceStore,
    Attended,
    FakeAttendance,
    MongoAttendance,
    Register,
    attended,
)
from services.cases.routing_sim import Desk, Waited, Work, packed, unpacked
from services.cases.schemas_switch_trial import SwitchTrialView, switch_trial_view
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    PORTAL,
    TENANT,
    opened,
    technician,
)
from services.cases.tests.house import House, who
from services.cases.tests.test_dispatching import CASES, on, take
from services.cases.whatif import CursorInvalid

MINUTE = timedelta(minutes=1)


async def there(house: House, who_: str, minutes: int, *, available: bool = True) -> None:
    """From so many minutes on somebody is available, or is not."""
    rows = await house.attendance.of_account(TENANT, AT + MINUTE * 10_000)
    await house.attendance.keep(Attended(TENANT, who_, len(rows), AT + MINUTE * minutes, available))


async def both_there(house: House) -> None:
    await there(house, ANN, 0)
    await there(house, BEN, 0)


async def comes(house: House, case_id: str) -> None:
    """A minute later a chat comes in."""
    house.clock.advance(60)
    await house.hears(opened(case_id, at=house.clock.now()))


async def is_taken(house: House, case_id: str, by: str, minutes: int) -> None:
    house.clock.advance(minutes * 60)
    await house.act("assign", by, 1, case_id)


async def trial(
    house: House, companies: tuple[str, ...] = (COMPANY,), portal: str = PORTAL
) -> SwitchTrialView:
    house.clock.advance(1)
    admin = who(ANN, companies=companies)
    found = await house.switching.try_out(admin, portal, None)
    return switch_trial_view(found, house.people)


def names(shown: SwitchTrialView) -> list[tuple[str, int]]:
    """Who would have got which case, by its place, in the order in which they came."""
    return [
        (it.after.person.id, CASES.index(it.case_id)) for it in shown.changed if it.after.person
    ]


async def test_it_tells_who_would_have_got_what_beside_who_took_it_and_when(house: House) -> None:
    await both_there(house)
    for case_id in CASES[:2]:
        await comes(house, case_id)
    await is_taken(house, CASES[0], BEN, 5)
    shown = await trial(house)
    assert names(shown) == [(ANN, 0), (BEN, 1)]
    first, second = shown.changed
    assert (first.before.person and first.before.person.id, first.before.seconds) == (BEN, 360)
    assert (second.before.person, first.after.seconds, second.after.seconds) == (None, 0, 0)
    assert (shown.waits, shown.at_once, shown.later, shown.assumed) == (2, 2, 0, 0)
    assert {it.person.id: (it.before, it.after) for it in shown.people} == {
        BEN: (1, 1),
        ANN: (0, 1),
    }


async def test_by_turns_and_no_more_than_somebody_takes(house: House) -> None:
    await both_there(house)
    await take(house, 1)
    for case_id in CASES[:3]:
        await comes(house, case_id)
    shown = await trial(house)
    assert names(shown) == [(ANN, 0), (BEN, 1)]
    assert (shown.waits, shown.at_once) == (3, 2)


async def test_who_has_room_again_would_have_got_what_waits_longest(house: House) -> None:
    await there(house, ANN, 0)
    await there(house, BEN, 0, available=False)
    await take(house, 1)
    for case_id in CASES[:2]:
        await comes(house, case_id)
    await is_taken(house, CASES[0], ANN, 1)
    house.clock.advance(4 * 60)
    await house.act("resolve", ANN, 2, CASES[0])
    shown = await trial(house)
    assert names(shown) == [(ANN, 0), (ANN, 1)]
    # The second came a minute after the first, which was resolved six minutes after it began.
    assert (shown.at_once, shown.later, shown.changed[1].after.seconds) == (1, 1, 300)


async def test_who_was_away_would_have_got_nothing_before_they_came(house: House) -> None:
    await there(house, ANN, 0, available=False)
    await there(house, BEN, 0, available=False)
    await there(house, BEN, 4)
    await comes(house, CASES[0])
    house.clock.advance(600)
    shown = await trial(house)
    assert names(shown) == [(BEN, 0)]
    assert (shown.later, shown.changed[0].after.seconds, shown.assumed) == (1, 180, 0)


async def test_of_whom_nobody_knows_it_is_assumed_and_said(house: House) -> None:
    await comes(house, CASES[0])
    house.clock.advance(600)
    await there(house, ANN, 5)
    shown = await trial(house)
    assert (shown.waits, shown.assumed, shown.at_once) == (1, 1, 1)
    assert shown.known_since == AT + MINUTE * 5
    assert (await trial(House())).known_since is None


async def test_who_gave_it_back_would_not_have_got_it_again(house: House) -> None:
    await both_there(house)
    await comes(house, CASES[0])
    await is_taken(house, CASES[0], ANN, 1)
    await house.act(Transfer(to=None), ANN, 2, CASES[0])
    assert names(await trial(house)) == [(ANN, 0), (BEN, 0)]


async def test_what_came_in_elsewhere_keeps_busy_who_has_it(house: House) -> None:
    await both_there(house)
    await take(house, 1)
    await house.hears(opened(CASES[0]).model_copy(update={"portal_id": derived_id("elsewhere")}))
    await house.act("assign", ANN, 1, CASES[0])
    await comes(house, CASES[1])
    shown = await trial(house)
    assert (names(shown), shown.waits) == ([(BEN, 1)], 1)


async def test_it_changes_nothing_and_shows_no_other_companys(house: House) -> None:
    await both_there(house)
    await comes(house, CASES[0])
    plan, told = await house.plans.plan(None, TENANT), len(house.storage.emitted)
    assert (await trial(house, (OTHER_COMPANY,))).waits == 0
    assert (await trial(house)).waits == 1
    assert await house.plans.plan(None, TENANT) == plan
    assert (plan.automatic, len(house.storage.emitted)) == (frozenset(), told)


async def test_what_is_not_the_accounts_cannot_be_tried(house: House) -> None:
    with pytest.raises(NotInAccount):
        await trial(house, portal="another")


async def test_the_trial_agrees_with_the_desk_that_was_switched_on(house: House) -> None:
    """What it says of a month in which the desk did decide is what the desk decided."""
    await both_there(house)
    await take(house, 2)
    await on(house)
    for case_id in CASES[:5]:
        await comes(house, case_id)
        await house.dispatcher.look()
    shown = await trial(house)
    for case in shown.changed:
        assert case.before.person == case.after.person
    assert (len(shown.changed), shown.waits, shown.before_seconds) == (4, 5, shown.after_seconds)


# ---- part by part --------------------------------------------------------------------------------


def test_a_desk_goes_on_where_it_was() -> None:
    desk = Desk(turns={ANN: 3}, given=4)
    desk.book(ANN, [Work("chats", AT, AT + MINUTE), Work("cases", AT + MINUTE, AT + 9 * MINUTE)])
    assert unpacked(packed(desk)) == desk


@pytest.mark.parametrize("text", ["", "x", "eJwDAAAAAAE=", "====", packed(Desk())[:-6]])
def test_what_is_no_desk_is_refused(text: str) -> None:
    with pytest.raises(CursorInvalid):
        unpacked(text)


async def test_the_next_part_knows_what_the_last_one_gave(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await both_there(house)
    await take(house, 1)
    for case_id in CASES[:3]:
        await comes(house, case_id)
    house.clock.advance(1)
    # So little time that each part looks at one moment.
    monkeypatch.setattr("services.cases.switch_desk.SECONDS", 0.0)
    after, waits = None, list[Waited]()
    for _ in range(10):
        found = await house.switching.try_out(who(ANN), PORTAL, after)
        waits += [it for one in found.part.outcomes for it in one.waits]
        after = found.next
        if after is None:
            break
    assert [it.given_to for it in waits] == [ANN, BEN, None]


@pytest.mark.parametrize("after", ["nonsense", "1-1-1", "1-1-1~nonsense", "x~" + packed(Desk())])
async def test_a_trial_goes_on_from_its_own_parts_alone(house: House, after: str) -> None:
    with pytest.raises(CursorInvalid):
        await house.switching.try_out(who(ANN), PORTAL, after)


# ---- who was there -------------------------------------------------------------------------------


def test_nobody_knows_how_it_was_before_it_was_kept() -> None:
    known = Attendance(
        [Attended(TENANT, ANN, 2, AT + MINUTE, False), Attended(TENANT, ANN, 1, AT, True)]
    )
    moments = [AT - MINUTE, AT, AT + MINUTE, AT + 9 * MINUTE]
    assert [known.of(ANN, at) for at in moments] == [None, True, False, False]
    assert known.of(BEN, AT) is None
    assert known.arrivals(AT - MINUTE, AT + MINUTE) == {AT}


@pytest.fixture
async def store(memory_or_mongo: Database | None) -> AttendanceStore:
    if memory_or_mongo is None:
        return FakeAttendance(FakeStorage())
    MongoStorage(memory_or_mongo, FakeKeyring())
    kept = MongoAttendance(memory_or_mongo)
    await kept.prepare()
    return kept


async def test_the_register_keeps_an_entry_once_and_what_is_no_news_not_at_all(
    store: AttendanceStore,
) -> None:
    for _ in range(2):
        register = Register(store)
        for version, available in enumerate((True, True, False), 1):
            entry = technician(ANN, "Ann", available=available).model_copy(
                update={"aggregate_version": version, "time": AT + MINUTE * version}
            )
            register.note_entry(entry)
        await register.drain()
    rows = await store.of_account(TENANT, AT + MINUTE * 9)
    assert [(it.version, it.available) for it in rows] == [(1, True), (3, False)]
    assert await store.of_account(TENANT, AT + MINUTE * 2) == rows[:1]
    assert await store.of_account(OTHER_TENANT, AT + MINUTE * 9) == []


async def test_who_is_no_longer_active_is_not_available() -> None:
    gone = technician(ANN, "Ann").model_copy(update={"active": False})
    assert not attended(gone).available
    assert Room()
