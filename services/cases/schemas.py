"""What the REST interface of cases says: times in ISO 8601 with `Z`, people with their names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from chassis.app import ErrorDetail
from services.cases.domain import Case
from services.cases.handlers import People
from services.cases.storage import Counts, Page

StateVersion = Annotated[
    int, Field(ge=1, description="the `state_version` of the case that the decision was made on")
]


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
    type: Literal["live_chat"]
    live: bool
    state: Literal["unassigned", "assigned", "resolved"]
    assignee: Person | None
    company_id: str
    portal: Portal
    customer: Customer
    preview: str
    problem: list[ProblemLine]
    created_at: datetime
    assigned_at: datetime | None
    ended_at: datetime | None
    resolved_at: datetime | None
    changed_by: Person | None


class ListCounts(BaseModel):
    """How many cases each list has."""

    unassigned: int
    mine: int
    all: int


class CaseList(BaseModel):
    """A page of a list; `next` is the `after` of the page behind it."""

    cases: list[CaseView]
    next: str | None
    counts: ListCounts


class Decision(BaseModel):
    """What a technician decides on."""

    state_version: StateVersion


class MovedOn(BaseModel):
    """The case as it is, and who changed it: null when a customer or the desk itself did."""

    case: CaseView
    by: Person | None
    name: str
    state: str


class MovedOnDetail(ErrorDetail):
    """The error `case_moved_on`."""

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
        ended_at=now.ended_at,
        resolved_at=now.resolved_at,
        changed_by=person(now.changed_by, people),
    )


def list_view(page: Page, counts: Counts, people: People) -> CaseList:
    """A page as it is shown."""
    lengths = ListCounts(unassigned=counts.unassigned, mine=counts.mine, all=counts.all)
    return CaseList(cases=list(views(page.cases, people)), next=page.next, counts=lengths)


def views(cases: Iterable[Case], people: People) -> Iterable[CaseView]:
    """Several cases as they are shown."""
    return (view(case, people) for case in cases)


def person(technician_id: str | None, people: People) -> Person | None:
    """A technician with the name of today."""
    if technician_id is None:
        return None
    known = people.technician(technician_id)
    return Person(id=technician_id, name=known.name if known else "")
