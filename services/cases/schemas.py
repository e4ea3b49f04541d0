"""What the REST interface says of a case: times in ISO 8601 with `Z`, people with their names."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from chassis.app import ErrorDetail
from contracts.cases import Priority
from services.cases.directory import People
from services.cases.domain import Case, State
from services.cases.sla_views import SlaView, sla_view

StateVersion = Annotated[
    int, Field(ge=1, description="the `state_version` of the case that the decision was made on")
]


CaseType = Literal["live_chat", "request", "email", "call"]


class Person(BaseModel):
    """A technician; the name is empty for one whom the directory no longer knows."""

    id: str
    name: str


class Portal(BaseModel):
    """Where the customer came from."""

    id: str
    address: str


class Customer(BaseModel):
    """The customer as they introduced themselves."""

    first_name: str
    last_name: str
    email: str


class ProblemLine(BaseModel):
    """One of the customer's first messages."""

    text: str
    time: datetime


class CaseView(BaseModel):
    """A case. `version` grows with every change, `state_version` with those of state and assignee."""

    id: str
    number: int
    version: int
    state_version: int
    type: CaseType
    live: bool
    state: State
    assignee: Person | None
    company_id: str
    portal: Portal
    customer: Customer
    preview: str
    problem: list[ProblemLine]
    created_at: datetime
    assigned_at: datetime | None
    requested_at: datetime | None
    ended_at: datetime | None
    resolved_at: datetime | None
    rating: int | None
    rating_comment: str
    changed_by: Person | None
    title: str
    snoozed_until: datetime | None
    """When a snoozed case wakes; null where it waits for the customer's next reply."""
    labels: list[str]
    """The ids of its labels."""
    flagged: bool
    priority: Priority
    muted: bool
    spam: bool
    customer_at: datetime | None
    """When the customer last wrote."""
    waiting_since: datetime | None
    """Since when the customer waits for an answer."""
    unanswered: int
    """How many of the customer's messages came after the last answer."""
    contact_id: str | None
    """The contact whose address its customer has given; null where none is known."""
    contact_verified: bool
    """Whether somebody made sure that it is them: an address that was only typed may be another's."""
    followed_up: bool
    """Whether a technician answered, and the customer has not written since (S44)."""
    updated_at: datetime
    """When anything about it changed last."""
    refers_to: str | None
    """The case whose conversation it was made from, or split off; `refers_from` is the message where that began."""
    refers_from: str | None
    merged_into: str | None
    """The case that it was merged into, and goes on in."""
    merged: list[str]
    """The cases that were merged into it."""
    sla: SlaView | None
    """What its portal's service level promises; null where it promises nothing of this case."""


class Undo(BaseModel):
    """The version that one's own change made, which is to be taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=2)]


class MovedOn(BaseModel):
    """The case as it is, and who changed it: null when a customer or the desk itself did."""

    case: CaseView
    by: Person | None
    name: str
    who: Literal["technician", "other"]
    """`other` where no technician did: the customer, a rule, or time. `name` is none to show then."""
    state: str


class MovedOnDetail(ErrorDetail):
    """The error `case_moved_on`."""

    code: Literal["case_moved_on"]
    params: MovedOn  # type: ignore[assignment]


class MovedOnBody(BaseModel):
    """The body of a refusal because the case has changed."""

    error: MovedOnDetail


def view(case: Case, people: People) -> CaseView:
    """The case as it is shown."""
    now, text = case.now, case.text
    return CaseView(
        id=case.id,
        number=now.number,
        version=case.version,
        state_version=now.state_version,
        type=now.case_type,
        live=now.live,
        state=now.state,
        assignee=person(now.assignee_id, people),
        company_id=case.company_id,
        portal=Portal(id=now.portal_id, address=now.portal_address),
        customer=Customer.model_validate(text.customer.model_dump()),
        preview=text.preview,
        problem=[ProblemLine(text=line.text, time=line.time) for line in text.problem],
        created_at=now.created_at,
        assigned_at=now.assigned_at,
        requested_at=now.requested_at,
        ended_at=now.ended_at,
        resolved_at=now.resolved_at,
        rating=now.rating,
        rating_comment=text.rating_comment,
        changed_by=person(now.changed_by, people),
        title=text.title,
        snoozed_until=now.snoozed_until,
        labels=list(now.labels),
        flagged=now.flagged,
        priority=now.priority,
        muted=now.muted,
        spam=now.spam,
        customer_at=now.customer_at,
        waiting_since=now.waiting_since,
        unanswered=now.unanswered,
        contact_id=now.contact_id,
        contact_verified=now.contact_verified,
        followed_up=now.followed_up,
        updated_at=now.updated_at or now.created_at,
        refers_to=now.refers_to,
        refers_from=now.refers_from,
        merged_into=now.merged_into,
        merged=list(now.merged),
        sla=sla_view(now),
    )


def person(technician_id: str | None, people: People) -> Person | None:
    """A technician with the name of today."""
    if technician_id is None:
        return None
    known = people.technician(technician_id)
    return Person(id=technician_id, name=known.name if known else "")
