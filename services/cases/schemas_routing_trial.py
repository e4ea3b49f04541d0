"""What the REST interface says of another capacity that is tried on the last month."""

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from services.cases.directory import People
from services.cases.routing_trial import Decided, Redecided, Tried, total
from services.cases.schemas import Person, person
from services.cases.schemas_assignment import Capacity
from services.cases.whatif import Slice

MOST_SHOWN: Final = 50
"""How many changed cases a part of a trial lists."""
Outcomes = Annotated[
    dict[str, int],
    Field(
        description="how many decisions ended so: `assigned`, or why nobody could have the case",
        examples=[{"assigned": 12, "at_capacity": 3}],
    ),
]


class RoutingTrialBody(BaseModel):
    """A candidate, and where the trial goes on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    capacity: Capacity
    after: Annotated[str | None, Field(max_length=48, description="`next` of a part")] = None


class RoutingView(BaseModel):
    """What a decision came to: who got the case, or why nobody could have it."""

    outcome: str
    person: Person | None


class RedecidedCase(BaseModel):
    """A case that would have been given to somebody else, or to nobody, or to somebody at all."""

    case_id: str
    number: int
    at: datetime
    before: RoutingView
    after: RoutingView


class RoutingTrialView(BaseModel):
    """A part of a trial: add up what is counted, and go on with `next` until it is null."""

    since: datetime
    until: datetime
    cases: int
    """Cases looked at so far, in this part and those before it."""
    decisions: int
    before: Outcomes
    after: Outcomes
    by_hand: int
    """Waits in which nothing was decided by itself, and which somebody ended by taking the case."""
    by_hand_seconds: int
    """How long these lasted altogether."""
    changed_count: int
    changed: list[RedecidedCase]
    """The first 50 of this part."""
    progress: float
    next: str | None
    cut: bool
    """There were more cases than are looked at."""


def routing_trial_view(part: Slice[Tried], people: People) -> RoutingTrialView:
    """A part of a trial, added up."""
    before, after = total(part.outcomes)
    by_hand = [it for one in part.outcomes for it in one.by_hand]
    changed = [(one, it) for one in part.outcomes if (it := one.changed)]
    return RoutingTrialView(
        since=part.span.since,
        until=part.span.until,
        cases=part.cases,
        decisions=sum(before.values()),
        before=dict(before),
        after=dict(after),
        by_hand=len(by_hand),
        by_hand_seconds=int(sum(by_hand, timedelta()).total_seconds()),
        changed_count=len(changed),
        changed=[_changed(one, it, people) for one, it in changed[:MOST_SHOWN]],
        progress=part.progress,
        next=part.next,
        cut=part.cut,
    )


def _changed(tried: Tried, decision: Redecided, people: People) -> RedecidedCase:
    return RedecidedCase(
        case_id=tried.case_id,
        number=tried.number,
        at=decision.at,
        before=_routing(decision.before, people),
        after=_routing(decision.after, people),
    )


def _routing(decided: Decided, people: People) -> RoutingView:
    return RoutingView(outcome=decided.outcome, person=person(decided.technician_id, people))
