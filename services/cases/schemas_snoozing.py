"""What the REST interface takes and says of snooze times, and of others that are tried on the last month."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.cases.actions import TimeZone
from services.cases.snooze_trial import Resnoozed, Sleep, Sum, Tried, total
from services.cases.snoozing import HOUR, SnoozeTimes
from services.cases.whatif import Slice

MOST_SHOWN: Final = 50
"""How many changed cases a part of a trial lists."""
MOST_DAYS: Final = 365


class SnoozeTimesBody(BaseModel):
    """When what is put off comes back, by the clock of whoever puts it off."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    morning: Annotated[
        str,
        Field(
            pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
            description="when a case that was put off to a day comes back",
            examples=["09:00"],
        ),
    ]
    weekday: Annotated[int, Field(ge=0, le=6, description="what next week means; 0 is Monday")]
    reply_days: Annotated[
        int | None,
        Field(
            ge=1,
            le=MOST_DAYS,
            description="how many days a case waits for its next reply at most; null for ever",
        ),
    ] = None


class SnoozeTrialBody(BaseModel):
    """A candidate, and where the trial goes on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    times: SnoozeTimesBody
    time_zone: TimeZone = "UTC"
    """For what was put off before the desk kept in whose zone that was."""
    after: Annotated[str | None, Field(max_length=48, description="`next` of a part")] = None


class SleepView(BaseModel):
    """How a sleep ended; null where it goes on."""

    ending: str
    ended_at: datetime | None


class SleepsView(BaseModel):
    """How many sleeps ended which way, and how long all of them lasted."""

    endings: Annotated[
        dict[str, int],
        Field(
            description="`reply`, `due`, `technician` (who did not wait) or `asleep` (still)",
            examples=[{"reply": 3, "due": 9}],
        ),
    ]
    slept_seconds: int


class ResnoozedCase(BaseModel):
    """A case that would have come back at another time, or for another reason."""

    case_id: str
    number: int
    at: datetime
    before: SleepView
    after: SleepView


class SnoozeTrialView(BaseModel):
    """A part of a trial: add up what is counted, and go on with `next` until it is null."""

    since: datetime
    until: datetime
    cases: int
    """Cases looked at so far, in this part and those before it."""
    snoozes: int
    concluded: int
    """Of how many what was chosen was not kept, and is concluded from the time that came of it."""
    before: SleepsView
    after: SleepsView
    changed_count: int
    changed: list[ResnoozedCase]
    """The first 50 of this part."""
    progress: float
    next: str | None
    cut: bool
    """There were more cases than are looked at."""


def times_of(body: SnoozeTimesBody) -> SnoozeTimes:
    """What was decided, as the rules have it."""
    hour, minute = body.morning.split(":")
    return SnoozeTimes(int(hour) * HOUR + int(minute), body.weekday, body.reply_days)


def times_view(times: SnoozeTimes) -> SnoozeTimesBody:
    """What was decided, as it is shown."""
    hour, minute = divmod(times.minute, HOUR)
    return SnoozeTimesBody(
        morning=f"{hour:02}:{minute:02}", weekday=times.weekday, reply_days=times.reply_days
    )


def snooze_trial_view(part: Slice[Tried]) -> SnoozeTrialView:
    """A part of a trial, added up."""
    before, after = total(part.outcomes)
    changed = [(one, it) for one in part.outcomes if (it := one.changed)]
    return SnoozeTrialView(
        since=part.span.since,
        until=part.span.until,
        cases=part.cases,
        snoozes=sum(before.endings.values()),
        concluded=sum(it.concluded for it in part.outcomes),
        before=_sleeps(before),
        after=_sleeps(after),
        changed_count=len(changed),
        changed=[_changed(one, it) for one, it in changed[:MOST_SHOWN]],
        progress=part.progress,
        next=part.next,
        cut=part.cut,
    )


def _sleeps(found: Sum) -> SleepsView:
    endings = {str(name): count for name, count in found.endings.items()}
    return SleepsView(endings=endings, slept_seconds=int(found.slept.total_seconds()))


def _changed(tried: Tried, sleep: Resnoozed) -> ResnoozedCase:
    return ResnoozedCase(
        case_id=tried.case_id,
        number=tried.number,
        at=sleep.at,
        before=_sleep(sleep.before),
        after=_sleep(sleep.after),
    )


def _sleep(sleep: Sleep) -> SleepView:
    asleep = sleep.ending == "asleep"
    return SleepView(ending=sleep.ending, ended_at=None if asleep else sleep.ended)
