"""What the REST interface says of automatic assignment that is switched on for the last month."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.cases.directory import People
from services.cases.routing_sim import MOST_LETTERS, Tried, Waited
from services.cases.schemas import Person, person
from services.cases.switch_desk import SwitchTrial

MOST_SHOWN: Final = 50
"""How many cases a part of a trial lists."""


class SwitchTrialBody(BaseModel):
    """Where the trial goes on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: Annotated[str | None, Field(max_length=MOST_LETTERS, description="`next` of a part")] = (
        None
    )


class TakenView(BaseModel):
    """Who had a case, and how long it had waited for them; null is nobody."""

    person: Person | None
    seconds: int


class GivenCase(BaseModel):
    """A case that somebody would have got, beside who really took it."""

    case_id: str
    number: int
    at: datetime
    before: TakenView
    after: TakenView


class ShareView(BaseModel):
    """How many waits somebody really ended, and how many cases they would have got."""

    person: Person
    before: int
    after: int


class SwitchTrialView(BaseModel):
    """A part of a trial: add up what is counted, and go on with `next` until it is null."""

    since: datetime
    until: datetime
    cases: int
    """Cases looked at so far, in this part and those before it."""
    waits: int
    at_once: int
    """Of these, how many would have been given to somebody as they began."""
    later: int
    """And how many when somebody had come, or had room again."""
    assumed: int
    """Of how many it is not known who was available, so that everybody counted as being so."""
    known_since: datetime | None
    """From when on the desk knows who was available; null where it knows it of nobody."""
    before_seconds: int
    """How long all of them waited."""
    after_seconds: int
    people: list[ShareView]
    changed_count: int
    changed: list[GivenCase]
    """The first 50 of this part."""
    progress: float
    next: str | None
    cut: bool
    """There were more cases than are looked at."""


def switch_trial_view(trial: SwitchTrial, people: People) -> SwitchTrialView:
    """A part of a trial, added up."""
    part = trial.part
    waits = [it for one in part.outcomes for it in one.waits]
    given = [(one, it) for one in part.outcomes for it in one.waits if it.given_to is not None]
    at_once = sum(it.given_at == it.at for _, it in given)
    return SwitchTrialView(
        since=part.span.since,
        until=part.span.until,
        cases=part.cases,
        waits=len(waits),
        at_once=at_once,
        later=len(given) - at_once,
        assumed=sum(it.assumed for it in waits),
        known_since=trial.known_since,
        before_seconds=_seconds(it.really for it in waits),
        after_seconds=_seconds(it.instead for it in waits),
        people=_shares(waits, people),
        changed_count=len(given),
        changed=[_given(one, it, people) for one, it in given[:MOST_SHOWN]],
        progress=part.progress,
        next=trial.next,
        cut=part.cut,
    )


def _seconds(spans: Iterable[timedelta]) -> int:
    return int(sum(spans, timedelta()).total_seconds())


def _shares(waits: Iterable[Waited], people: People) -> list[ShareView]:
    waits = list(waits)
    before = Counter(it.taken_by for it in waits)
    after = Counter(it.given_to for it in waits)
    named = [(who, person(who, people)) for who in {**before, **after}]
    return [
        ShareView(person=shown, before=before[who], after=after[who])
        for who, shown in named
        if shown is not None
    ]


def _given(tried: Tried, wait: Waited, people: People) -> GivenCase:
    return GivenCase(
        case_id=tried.case_id,
        number=tried.number,
        at=wait.at,
        before=TakenView(person=person(wait.taken_by, people), seconds=_seconds([wait.really])),
        after=TakenView(person=person(wait.given_to, people), seconds=_seconds([wait.instead])),
    )
