"""What the REST interface says of other times of ringing that are tried on the last month."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.cases.ring_trial import Patience, Rerung, Rung, Sum, Tried, total
from services.cases.whatif import Slice

MOST_SHOWN: Final = 50
"""How many changed cases a part of a trial lists."""


class PatienceBody(BaseModel):
    """How many seconds lie between two rings, and how often it rings again before people are mailed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seconds: Annotated[float, Field(ge=1, le=86_400, examples=[60])]
    times: Annotated[int, Field(ge=0, le=100, examples=[3])]


class RingTrialBody(BaseModel):
    """What holds, a candidate, and where the trial goes on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    before: PatienceBody
    patience: PatienceBody
    after: Annotated[str | None, Field(max_length=48, description="`next` of a part")] = None


class RungView(BaseModel):
    """How often it rang again, and whether people were mailed then."""

    again: int
    mailed: bool


class RungsView(BaseModel):
    """How many waits rang again, how often all of them did, and how many ended up as a mail."""

    waits: int
    again: int
    mailed: int


class RerungCase(BaseModel):
    """A case whose chat would have rung otherwise."""

    case_id: str
    number: int
    at: datetime
    seconds: int
    """How long it waited."""
    before: RungView
    after: RungView


class RingTrialView(BaseModel):
    """A part of a trial: add up what is counted, and go on with `next` until it is null."""

    since: datetime
    until: datetime
    cases: int
    """Cases looked at so far, in this part and those before it."""
    waits: int
    """How often a live chat waited for somebody."""
    before: RungsView
    after: RungsView
    changed_count: int
    changed: list[RerungCase]
    """The first 50 of this part."""
    progress: float
    next: str | None
    cut: bool
    """There were more cases than are looked at."""


def patience_of(body: PatienceBody) -> Patience:
    """The times, as the rules have them."""
    return Patience(body.seconds, body.times)


def ring_trial_view(part: Slice[Tried]) -> RingTrialView:
    """A part of a trial, added up."""
    before, after = total(part.outcomes)
    changed = [(one, it) for one in part.outcomes if (it := one.changed)]
    return RingTrialView(
        since=part.span.since,
        until=part.span.until,
        cases=part.cases,
        waits=sum(len(it.waits) for it in part.outcomes),
        before=_rungs(before),
        after=_rungs(after),
        changed_count=len(changed),
        changed=[_changed(one, it) for one, it in changed[:MOST_SHOWN]],
        progress=part.progress,
        next=part.next,
        cut=part.cut,
    )


def _rungs(found: Sum) -> RungsView:
    return RungsView(waits=found.waits, again=found.again, mailed=found.mailed)


def _changed(tried: Tried, wait: Rerung) -> RerungCase:
    return RerungCase(
        case_id=tried.case_id,
        number=tried.number,
        at=wait.at,
        seconds=int(wait.lasted.total_seconds()),
        before=_rung(wait.before),
        after=_rung(wait.after),
    )


def _rung(rung: Rung) -> RungView:
    return RungView(again=rung.again, mailed=rung.mailed)
