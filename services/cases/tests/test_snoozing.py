"""When a case comes back that is put off (S36), as an account decides it; and other times tried on the last month (N9)."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage
from contracts.kept import KeptChanged
from services.cases.actions import Snooze
from services.cases.schemas_snoozing import SnoozeTrialView, snooze_trial_view
from services.cases.snoozing import NINE, Choice, SnoozeTimes, chosen
from services.cases.snoozing_store import FakeSnoozing, MongoSnoozing, SnoozingStore
from services.cases.steps import SnoozeFor
from services.cases.tests.examples import (
    ANN,
    AT,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    TENANT,
    message,
    opened,
)
from services.cases.tests.house import House, who

BERLIN = "Europe/Berlin"
DAY = timedelta(days=1)
# AT is a Monday, nine o'clock UTC.
EARLY = SnoozeTimes(minute=7 * 60 + 30, weekday=1, reply_days=3)


def on(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 1, day, int(hour), int(minute), tzinfo=UTC)


# ---- the days ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "zone", "wakes"),
    [
        ("tomorrow", "UTC", "2026-01-06T09:00:00+00:00"),
        ("tomorrow", BERLIN, "2026-01-06T08:00:00+00:00"),
        ("tomorrow", "Pacific/Auckland", "2026-01-05T20:00:00+00:00"),
        ("next_week", "America/New_York", "2026-01-12T14:00:00+00:00"),
    ],
)
def test_days_begin_at_nine_in_the_technicians_zone(choice: Choice, zone: str, wakes: str) -> None:
    assert NINE.until(choice, zone, AT) == datetime.fromisoformat(wakes)


def test_tomorrow_is_nine_oclock_also_when_the_clocks_change() -> None:
    evening = datetime(2026, 3, 28, 20, tzinfo=UTC)
    assert NINE.until("tomorrow", BERLIN, evening) == datetime(2026, 3, 29, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("choice", "wakes"),
    [("tomorrow", on(6, "07:30")), ("next_week", on(13, "07:30")), ("reply", on(8, "07:30"))],
)
def test_an_account_says_when_its_morning_is_and_how_long_is_long_enough(
    choice: Choice, wakes: datetime
) -> None:
    assert EARLY.until(choice, "UTC", AT) == wakes


def test_next_week_never_is_this_week() -> None:
    sunday = SnoozeTimes(weekday=6)
    for day in range(7):
        wakes = sunday.until("next_week", "UTC", AT + DAY * day)
        assert wakes == on(18, "09:00")


def test_what_was_chosen_is_concluded_from_what_came_of_it() -> None:
    assert chosen(None, BERLIN, AT) == "reply"
    assert chosen(on(6, "08:00"), BERLIN, AT) == "tomorrow"
    assert chosen(on(12, "08:00"), BERLIN, AT) == "next_week"
    assert chosen(on(6, "09:00"), BERLIN, AT) == "time"


# ---- at the desk ---------------------------------------------------------------------------------


async def put_off(house: House, until: Choice | datetime, zone: str = "UTC") -> None:
    """Somebody took a chat, and puts it off."""
    await house.hears(opened(), message("help"))
    await house.act("assign", ANN, 1)
    await house.act(Snooze(until=until, time_zone=zone), ANN, 2)


async def test_a_case_comes_back_when_the_account_has_it(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await put_off(house, "tomorrow", BERLIN)
    assert (await house.case()).now.snoozed_until == on(6, "06:30")
    assert house.last.model_dump(include={"choice", "zone"}) == {
        "choice": "tomorrow",
        "zone": BERLIN,
    }


async def test_who_waits_for_a_reply_waits_no_longer_than_is_enough(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await put_off(house, "reply")
    assert (await house.case()).now.snoozed_until == on(8, "07:30")
    await house.fires(f"wake/{CASE}")
    assert (await house.case()).now.state == "assigned"


async def test_a_reply_ends_it_before(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await put_off(house, "reply")
    await house.hears(message("it is solved"))
    assert (await house.case()).now.state == "assigned"
    assert house.last.model_dump()["reason"] == "reply"


async def test_a_chosen_time_is_the_chosen_time(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await put_off(house, AT + DAY * 2)
    assert (await house.case()).now.snoozed_until == AT + DAY * 2


async def test_macros_put_off_by_the_same_times(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await house.hears(opened(), message("help"))
    steps = (SnoozeFor(until="tomorrow", time_zone="UTC"),)
    made = await house.macros.add(who(ANN), "Later", steps, shared=False)
    await house.macros.apply(who(ANN), CASE, made.id, 1, None)
    assert (await house.case()).now.snoozed_until == on(6, "07:30")


async def test_deciding_is_noted_and_told_once(house: House) -> None:
    await house.snoozing.change(who(ANN), EARLY)
    await house.snoozing.change(who(ANN), EARLY)
    (line,) = house.storage.noted
    assert {it.name: it.value for it in line.details} == {
        "morning": "07:30",
        "weekday": "1",
        "reply_days": "3",
    }
    assert {it.name: it.before for it in line.details} == {
        "morning": "09:00",
        "weekday": "0",
        "reply_days": "",
    }
    (news,) = house.storage.emitted
    assert isinstance(news, KeptChanged)
    assert (news.what, news.companies, news.technician_id) == ("snoozing", (), None)


@pytest.fixture
async def store(
    memory_or_mongo: Database | None,
) -> tuple[FakeStorage | MongoStorage, SnoozingStore]:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return storage, FakeSnoozing(storage)
    return MongoStorage(memory_or_mongo, FakeKeyring()), MongoSnoozing(memory_or_mongo)


async def test_the_store_keeps_an_accounts_times_to_itself(
    store: tuple[FakeStorage | MongoStorage, SnoozingStore],
) -> None:
    storage, kept = store
    assert await kept.times(None, TENANT) == NINE
    for times in (EARLY, SnoozeTimes()):
        await storage.transact(lambda tx, it=times: kept.put(tx, TENANT, it))  # type: ignore[misc]
        assert await kept.times(None, TENANT) == times
        assert await kept.times(None, "another") == NINE


# ---- tried on the last month ---------------------------------------------------------------------


async def trial(
    house: House, times: SnoozeTimes = EARLY, companies: tuple[str, ...] = (COMPANY,)
) -> SnoozeTrialView:
    # A span ends before its last moment.
    passes(house, timedelta(seconds=1))
    admin = who(ANN, companies=companies)
    part = await house.snoozing.try_out(admin, times, "UTC", None)
    assert part.next is None
    return snooze_trial_view(part)


def passes(house: House, span: timedelta) -> None:
    house.clock.advance(span.total_seconds())


async def test_it_tells_when_a_case_would_have_come_back_instead(house: House) -> None:
    await put_off(house, "tomorrow")
    passes(house, DAY)
    await house.fires(f"wake/{CASE}")
    passes(house, DAY)
    shown = await trial(house)
    (changed,) = shown.changed
    assert (changed.before.ending, changed.before.ended_at) == ("due", on(6, "09:00"))
    assert (changed.after.ending, changed.after.ended_at) == ("due", on(6, "07:30"))
    assert (shown.snoozes, shown.concluded, shown.changed_count) == (1, 0, 1)
    assert shown.before.slept_seconds - shown.after.slept_seconds == 90 * 60


async def test_with_the_times_that_hold_nothing_would_have_been_otherwise(house: House) -> None:
    await put_off(house, "tomorrow")
    # The clock was late by some seconds.
    passes(house, DAY + timedelta(seconds=5))
    await house.fires(f"wake/{CASE}")
    shown = await trial(house, NINE)
    assert (shown.snoozes, shown.changed, shown.before) == (1, [], shown.after)


async def test_a_reply_that_came_after_the_return_would_have_come_before_a_later_one(
    house: House,
) -> None:
    await put_off(house, "tomorrow")
    passes(house, DAY)
    await house.fires(f"wake/{CASE}")
    passes(house, timedelta(minutes=5))
    await house.hears(message("hello?", at=house.clock.now()))
    passes(house, DAY)
    shown = await trial(house, SnoozeTimes(minute=10 * 60))
    assert (shown.before.endings, shown.after.endings) == ({"due": 1}, {"reply": 1})
    assert shown.changed[0].after.ended_at == AT + DAY + timedelta(minutes=5)


async def test_who_never_wrote_again_would_have_come_back_by_the_clock(house: House) -> None:
    await put_off(house, "reply")
    passes(house, DAY * 10)
    shown = await trial(house)
    assert (shown.before.endings, shown.after.endings) == ({"asleep": 1}, {"due": 1})
    (changed,) = shown.changed
    assert (changed.before.ended_at, changed.after.ended_at) == (None, on(8, "07:30"))


async def test_what_a_technician_or_a_customer_ended_before_would_have_ended_so_too(
    house: House,
) -> None:
    await put_off(house, "reply")
    passes(house, DAY)
    await house.hears(message("here I am", at=house.clock.now()))
    version = (await house.case()).now.state_version
    await house.act(Snooze(until="next_week"), ANN, version)
    passes(house, timedelta(hours=1))
    await house.act("open", ANN, version + 1)
    shown = await trial(house)
    assert shown.before.endings == shown.after.endings == {"reply": 1, "technician": 1}
    assert (shown.snoozes, shown.changed) == (2, [])


async def test_what_was_put_off_before_the_choice_was_kept_is_concluded_and_said_so(
    house: House,
) -> None:
    await put_off(house, "tomorrow")
    rows = house.past._rows
    for key, row in rows.items():
        row.tells.pop("choice", None)
        row.tells.pop("zone", None)
        rows[key] = row
    passes(house, DAY * 2)
    shown = await trial(house)
    assert (shown.concluded, shown.changed[0].after.ended_at) == (1, on(6, "07:30"))


async def test_a_trial_changes_nothing_and_sees_no_other_companys(house: House) -> None:
    await put_off(house, "tomorrow")
    passes(house, DAY * 2)
    case, told = await house.case(), len(house.storage.emitted)
    assert (await trial(house, companies=(OTHER_COMPANY,))).cases == 0
    assert (await trial(house)).snoozes == 1
    assert (await house.case(), len(house.storage.emitted)) == (case, told)
    assert await house.snoozing.show(who(ANN)) == NINE
