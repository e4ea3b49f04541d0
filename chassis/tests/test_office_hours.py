"""Office hours against an oracle that asks the clock on the wall minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chassis import office_hours
from chassis.office_hours import OfficeHours, after, is_open, is_zone, spans, worked

MINUTE = timedelta(minutes=1)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
    "Pacific/Apia",
    "America/Sao_Paulo",
)
NINE_TO_FIVE = OfficeHours(
    "Europe/Berlin", (*(((9 * 60, 12 * 60), (13 * 60, 17 * 60)),) * 5, (), ())
)


def at(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def shows_open(hours: OfficeHours, instant: datetime) -> bool:
    """The oracle: what a clock on the wall shows, and what stands on the door."""
    wall = instant.astimezone(ZoneInfo(hours.zone))
    if wall.date() in hours.holidays:
        return False
    minute = wall.hour * 60 + wall.minute
    yesterday = (wall - timedelta(days=1)).weekday() if False else (wall.weekday() - 1) % 7
    today = any(
        begin <= minute < (end if end > begin else 1440)
        for begin, end in hours.week[wall.weekday()]
    )
    return today or any(end <= begin and minute < end for begin, end in hours.week[yesterday])


def ticked(hours: OfficeHours, start: datetime, end: datetime) -> timedelta:
    minutes = range(int((end - start) / MINUTE))
    return MINUTE * sum(shows_open(hours, start + MINUTE * it) for it in minutes)


ranges = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda it: it[0] != it[1])
weeks = st.tuples(*[st.lists(ranges, max_size=3).map(tuple)] * 7)
# Around the nights in which clocks are put forward or back, and the day that Samoa left out.
moments = st.sampled_from(
    [
        datetime(2026, 3, 28, tzinfo=UTC),
        datetime(2026, 10, 24, tzinfo=UTC),
        datetime(2026, 3, 7, tzinfo=UTC),
        datetime(2026, 10, 31, tzinfo=UTC),
        datetime(2026, 4, 4, tzinfo=UTC),
        datetime(2011, 12, 29, tzinfo=UTC),
        datetime(2026, 6, 15, tzinfo=UTC),
        datetime(2018, 11, 3, tzinfo=UTC),
    ]
).flatmap(lambda it: st.integers(0, 2000).map(lambda minutes: it + MINUTE * minutes))
holidays = st.frozensets(
    st.sampled_from([date(2026, 3, 29), date(2026, 10, 25), date(2026, 6, 16), date(2026, 3, 30)])
)
offices = st.builds(OfficeHours, st.sampled_from(ZONES), weeks, holidays)


@settings(deadline=None)
@given(offices, moments, st.integers(0, 4000))
@example(
    OfficeHours("Europe/Berlin", (((22 * 60, 6 * 60),),) * 7),
    datetime(2026, 3, 28, tzinfo=UTC),
    3000,
)
@example(
    OfficeHours("Europe/Berlin", (((22 * 60, 6 * 60),),) * 7),
    datetime(2026, 10, 24, tzinfo=UTC),
    3000,
)
def test_the_worked_time_is_what_the_wall_clock_ticks(
    hours: OfficeHours, start: datetime, minutes: int
) -> None:
    end = start + MINUTE * minutes
    assert worked(hours, start, end) == ticked(hours, start, end)


@settings(deadline=None)
@given(offices, moments, st.integers(1, 2000))
def test_what_falls_due_does_so_once_the_work_is_done(
    hours: OfficeHours, start: datetime, minutes: int
) -> None:
    due = after(hours, start, MINUTE * minutes)
    if due is None:
        assert worked(hours, start, start + office_hours.HORIZON) < MINUTE * minutes
        return
    assert worked(hours, start, due) == MINUTE * minutes
    assert worked(hours, start, due - timedelta(seconds=1)) < MINUTE * minutes


@settings(deadline=None)
@given(offices, moments, st.integers(1, 3000))
def test_spans_are_in_order_and_apart(hours: OfficeHours, start: datetime, minutes: int) -> None:
    end = start + MINUTE * minutes
    found = list(spans(hours, start, end))
    edges = [instant for span in found for instant in span]
    assert edges == sorted(set(edges))
    assert all(start <= it <= end for it in edges)


@settings(deadline=None)
@given(offices, moments, st.integers(0, 1000), st.integers(0, 1000))
def test_time_adds_up(hours: OfficeHours, start: datetime, first: int, second: int) -> None:
    middle = start + MINUTE * first
    end = middle + MINUTE * second
    assert worked(hours, start, middle) + worked(hours, middle, end) == worked(hours, start, end)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        pytest.param("2026-11-26T10:00", 60, "2026-11-26T11:00", id="within the morning"),
        pytest.param("2026-11-26T11:30", 60, "2026-11-26T13:30", id="over the break"),
        pytest.param(
            "2026-11-26T11:00", 60, "2026-11-26T12:00", id="to the very end of the morning"
        ),
        pytest.param("2026-11-27T16:30", 60, "2026-11-30T09:30", id="over a weekend"),
        pytest.param("2026-11-28T10:00", 30, "2026-11-30T09:30", id="begun while closed"),
    ],
)
def test_due_times_one_would_say_oneself(start: str, minutes: int, due: str) -> None:
    assert after(NINE_TO_FIVE, at(start), MINUTE * minutes) == at(due)


def test_a_holiday_is_closed_from_midnight_to_midnight_also_for_the_night_that_began_before() -> (
    None
):
    nights = OfficeHours(
        "Europe/Berlin", (((22 * 60, 6 * 60),),) * 7, frozenset({date(2026, 12, 25)})
    )
    assert is_open(nights, at("2026-12-24T23:59"))
    assert not is_open(nights, at("2026-12-25T00:00"))
    assert not is_open(nights, at("2026-12-25T23:00"))
    assert not is_open(nights, at("2026-12-25T21:00"))
    # The night of the 26th begins on the holiday itself, and goes on behind it.
    assert is_open(nights, at("2026-12-26T00:00"))


def test_a_night_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    nights = OfficeHours("Europe/Berlin", (((22 * 60, 6 * 60),),) * 7)
    assert worked(nights, at("2026-03-28T12:00"), at("2026-03-29T12:00")) == timedelta(hours=7)
    assert worked(nights, at("2026-10-24T12:00"), at("2026-10-25T12:00")) == timedelta(hours=9)


def test_nobody_is_ever_due_where_nobody_ever_works() -> None:
    closed = OfficeHours("UTC", ((),) * 7)
    assert not closed.ever_open
    assert after(closed, at("2026-01-01T00:00"), MINUTE) is None


def test_without_hours_every_hour_counts() -> None:
    start = at("2026-03-28T12:00")
    assert after(None, start, timedelta(days=2)) == start + timedelta(days=2)
    assert worked(None, start, start + MINUTE) == MINUTE
    assert worked(NINE_TO_FIVE, start + MINUTE, start) == timedelta()


def test_zones_are_known_by_their_names() -> None:
    assert is_zone("Europe/Madrid")
    assert not is_zone("Europe/Atlantis")
    assert not is_zone("../../etc/passwd")
