"""What the REST interface says of service levels: minutes of work, hours on the wall, days as dates."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from chassis import office_hours
from chassis.office_hours import MINUTES, OfficeHours
from contracts.cases import Priority
from services.cases.domain import whole_milliseconds
from services.cases.schemas import Portal
from services.cases.sla import KINDS, Kind, Policy, Targets
from services.cases.sla_handlers import Place, Preview
from services.cases.sla_lives import Tally, Tried, total
from services.cases.sla_store import ServiceLevel
from services.cases.whatif import Slice

MOST_MINUTES: Final = 100_000
MOST_SHOWN: Final = 50
"""How many changed cases a trial lists."""

Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]
WallTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]


def _known_zone(name: str) -> str:
    if not office_hours.is_zone(name):
        raise ValueError("there is no such time zone")
    return name


Zone = Annotated[str, Field(max_length=64, examples=["Europe/Berlin"]), AfterValidator(_known_zone)]


_WORKWEEK: Final = [[{"begin": "09:00", "end": "17:00"}]] * 5 + [[], []]


class _Body(BaseModel):
    """A misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TargetsBody(_Body):
    """Working minutes for each promise; null promises nothing (for a priority: as for all others)."""

    first_response: Minutes | None = None
    next_response: Minutes | None = None
    resolution: Minutes | None = None


class RangeBody(_Body):
    """Some hours of a day. One that ends before it begins goes on into the next day; 24:00 is midnight."""

    begin: WallTime
    end: WallTime

    @model_validator(mode="after")
    def _is_some_time(self) -> Self:
        if self.begin in {self.end, "24:00"} or self.end == "00:00":
            raise ValueError("an end at midnight is 24:00, and hours must not be empty")
        return self


class OfficeHoursBody(_Body):
    """When somebody works: the ranges of each day, Monday first, by the clock of a place."""

    zone: Zone
    week: Annotated[
        list[Annotated[list[RangeBody], Field(max_length=8)]],
        Field(min_length=7, max_length=7, examples=[_WORKWEEK]),
    ]
    holidays: Annotated[list[date], Field(max_length=400, examples=[["2026-12-25"]])] = []

    @model_validator(mode="after")
    def _is_ever_open(self) -> Self:
        if not any(self.week):
            raise ValueError("there must be hours on at least one day")
        return self


class LevelBody(_Body):
    """What is promised. Without `hours` every hour counts."""

    targets: TargetsBody
    by_priority: Annotated[
        dict[Priority, TargetsBody], Field(examples=[{"urgent": {"first_response": 5}}])
    ] = {}
    warn_percent: Annotated[int, Field(ge=0, le=90)] = 25
    """How much of the time is left when a warning comes; 0 warns never."""
    hours: OfficeHoursBody | None = None


class RecountView(BaseModel):
    """How far the open cases are counted anew."""

    done: int
    total: int
    finished: bool


class LevelView(LevelBody):
    """What is promised, and since when."""

    changed_at: datetime
    recount: RecountView | None


class PlaceView(BaseModel):
    """A portal; `level` is null where it promises what the account does."""

    portal: Portal
    level: LevelView | None


class ServiceLevelsView(BaseModel):
    """What the account promises, and each portal of the caller's companies."""

    default: LevelView | None
    portals: list[PlaceView]


class PreviewView(BaseModel):
    """When a case of normal priority that came in now would be due; null never."""

    at: datetime
    open: bool
    due: Annotated[
        dict[Kind, datetime | None], Field(examples=[{"first_response": "2026-11-26T10:30:00Z"}])
    ]


class TallyView(BaseModel):
    """How many promises were kept, and how many were not."""

    met: int
    breached: int


Tallies = Annotated[
    dict[Kind, TallyView], Field(examples=[{"first_response": {"met": 12, "breached": 1}}])
]


class ChangedCase(BaseModel):
    """A case that would have gone otherwise."""

    case_id: str
    number: int
    created_at: datetime
    before: Tallies
    after: Tallies


class SlaTrialBody(_Body):
    """A candidate, and where the trial goes on."""

    level: LevelBody
    after: Annotated[str | None, Field(max_length=48, description="`next` of a part")] = None


class SlaTrialView(BaseModel):
    """A part of a trial: add up `before`, `after` and `changed_count`, and go on with `next` until it is null."""

    since: datetime
    until: datetime
    cases: int
    """Cases looked at so far, in this part and those before it."""
    before: Tallies
    after: Tallies
    changed_count: int
    changed: list[ChangedCase]
    """The first 50 of this part."""
    progress: float
    next: str | None
    cut: bool
    """There were more cases than are looked at."""


# ---- in ------------------------------------------------------------------------------------------


def policy_of(body: LevelBody) -> Policy:
    """What is promised, as the rules have it."""
    return Policy(
        targets=_targets(body.targets),
        by_priority={name: _targets(it) for name, it in body.by_priority.items()},
        warn_percent=body.warn_percent,
        hours=None if body.hours is None else _hours(body.hours),
    )


def _targets(body: TargetsBody) -> Targets:
    return Targets(body.first_response, body.next_response, body.resolution)


def _hours(body: OfficeHoursBody) -> OfficeHours:
    week = tuple(tuple((_minute(it.begin), _minute(it.end)) for it in day) for day in body.week)
    return OfficeHours(body.zone, week, frozenset(body.holidays))


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


# ---- out -----------------------------------------------------------------------------------------


def levels_view(default: ServiceLevel | None, places: list[Place]) -> ServiceLevelsView:
    """All that is promised."""
    return ServiceLevelsView(
        default=default and level_view(default),
        portals=[
            PlaceView(
                portal=Portal(id=it.portal.portal_id, address=it.portal.address),
                level=it.level and level_view(it.level),
            )
            for it in places
        ],
    )


def level_view(level: ServiceLevel) -> LevelView:
    """What is promised, as it is shown."""
    policy = level.policy
    return LevelView(
        targets=_targets_view(policy.targets),
        by_priority={name: _targets_view(it) for name, it in policy.by_priority.items()},
        warn_percent=policy.warn_percent,
        hours=policy.hours and _hours_view(policy.hours),
        changed_at=level.changed_at,
        recount=level.recount
        and RecountView(
            done=level.recount.done, total=level.recount.total, finished=level.recount.finished
        ),
    )


def _targets_view(targets: Targets) -> TargetsBody:
    return TargetsBody(**{kind: getattr(targets, kind) for kind in KINDS})


def _hours_view(hours: OfficeHours) -> OfficeHoursBody:
    week = [
        [RangeBody(begin=_wall(begin), end=_wall(end)) for begin, end in day] for day in hours.week
    ]
    return OfficeHoursBody(zone=hours.zone, week=week, holidays=sorted(hours.holidays))


def _wall(minute: int) -> str:
    return "24:00" if minute == MINUTES else f"{minute // 60:02}:{minute % 60:02}"


def preview_view(preview: Preview) -> PreviewView:
    """When what comes in now would be due."""
    due = {kind: at and whole_milliseconds(at) for kind, at in preview.due.items()}
    return PreviewView(at=whole_milliseconds(preview.at), open=preview.open, due=due)


def trial_view(part: Slice[Tried]) -> SlaTrialView:
    """A part of a trial, added up."""
    changed = [it for it in part.outcomes if it.changes]
    return SlaTrialView(
        since=part.span.since,
        until=part.span.until,
        cases=part.cases,
        before=_tallies(total(it.before for it in part.outcomes)),
        after=_tallies(total(it.after for it in part.outcomes)),
        changed_count=len(changed),
        changed=[_changed_view(it) for it in changed[:MOST_SHOWN]],
        progress=part.progress,
        next=part.next,
        cut=part.cut,
    )


def _changed_view(tried: Tried) -> ChangedCase:
    return ChangedCase(
        case_id=tried.case_id,
        number=tried.number,
        created_at=tried.first_at,
        before=_tallies(tried.before),
        after=_tallies(tried.after),
    )


def _tallies(tallies: Mapping[Kind, Tally]) -> dict[Kind, TallyView]:
    return {kind: TallyView(met=it.met, breached=it.breached) for kind, it in tallies.items()}
