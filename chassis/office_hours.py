"""Office hours: when somebody works, by the wall clock of a place. Pure: instants in, instants out.

A day has ranges of the wall clock, breaks are the gaps between them, and a range that ends before it
begins goes on into the next day. A holiday is closed from its midnight to the next, whatever began on its eve.
What counts is what the clock on the wall shows: the hour that a night of spring leaves out is worked by
nobody, and the one that a night of autumn repeats is worked twice by whoever works during it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

DAY: Final = timedelta(days=1)
MINUTES: Final = 24 * 60
"""Of a day on the wall; as the end of a range, midnight."""
HORIZON: Final = timedelta(days=800)
"""How far ahead is looked for time to work in; who is closed for longer never is."""

Range = tuple[int, int]
"""From and until, in minutes since midnight: 0 to 1439, and 1 to 1440. Until before from is the next day."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of a week in one time zone; `week` has the ranges of each day, Monday first."""

    zone: str
    week: tuple[tuple[Range, ...], ...]
    holidays: frozenset[date] = frozenset()

    @property
    def ever_open(self) -> bool:
        """Whether anybody works on any day."""
        return any(self.week)


def is_zone(name: str) -> bool:
    """Whether it is a time zone that this installation knows."""
    return name in _zones()


def spans(
    hours: OfficeHours | None, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The worked spans between two instants, in order and apart from each other; None works always."""
    if hours is None:
        yield start, end
        return
    began, until = start.astimezone(UTC), start.astimezone(UTC)
    for opened, closed in _clipped(hours, start.astimezone(UTC), end.astimezone(UTC)):
        if opened > until:
            if until > began:
                yield began, until
            began = opened
        until = max(until, closed)
    if until > began:
        yield began, until


def worked(hours: OfficeHours | None, start: datetime, end: datetime) -> timedelta:
    """How much of the time between two instants is worked; none where the second is not later."""
    return (
        sum((closed - opened for opened, closed in spans(hours, start, end)), timedelta())
        if end > start
        else timedelta()
    )


def after(hours: OfficeHours | None, start: datetime, work: timedelta) -> datetime | None:
    """The instant at which so much was worked since `start`; None where that is beyond the horizon."""
    left = work
    for opened, closed in spans(hours, start, start + HORIZON):
        if closed - opened >= left:
            return opened + left
        left -= closed - opened
    return None


def is_open(hours: OfficeHours | None, at: datetime) -> bool:
    """Whether somebody works at this instant."""
    return any(spans(hours, at, at + timedelta(seconds=1)))


# ---- between the wall and the instants -----------------------------------------------------------


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _clipped(
    hours: OfficeHours, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    for since, until, offset in _steady(ZoneInfo(hours.zone), start, end):
        for opened, closed in _on_the_wall(hours, since + offset, until + offset):
            yield opened - offset, closed - offset


def _steady(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """The time cut into pieces in which the clock on the wall is not put forward or back."""
    since = start
    while since < end:
        until = min(since + DAY, end)
        offset = _offset(zone, since)
        if _offset(zone, until - timedelta(microseconds=1)) != offset:
            until = _turn(zone, since, until)
        yield since, until, offset
        since = until


def _turn(zone: ZoneInfo, since: datetime, until: datetime) -> datetime:
    """The instant of a change of offset; zones change on whole seconds."""
    offset = _offset(zone, since)
    low, high = 0, int((until - since).total_seconds()) + 1
    base = since.replace(microsecond=0)
    while high - low > 1:
        middle = (low + high) // 2
        same = _offset(zone, max(since, base + timedelta(seconds=middle))) == offset
        low, high = (middle, high) if same else (low, middle)
    return base + timedelta(seconds=high)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _on_the_wall(
    hours: OfficeHours, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The open parts of a piece of the wall's time, in order; both carry the wall's time as if it were UTC."""
    day = since.date() - DAY
    while day <= until.date():
        for opened, closed in sorted(_of_day(hours, day)):
            if (first := max(opened, since)) < (last := min(closed, until)):
                yield first, last
        day += DAY


def _of_day(hours: OfficeHours, day: date) -> Iterator[tuple[datetime, datetime]]:
    """What begins on a day, cut at the midnight behind it, and without holidays."""
    midnight = datetime.combine(day, time(), UTC)
    for begin, end in hours.week[day.weekday()]:
        overnight = end <= begin
        if day not in hours.holidays:
            last = MINUTES if overnight else end
            yield midnight + timedelta(minutes=begin), midnight + timedelta(minutes=last)
        if overnight and day + DAY not in hours.holidays:
            yield midnight + DAY, midnight + DAY + timedelta(minutes=end)
