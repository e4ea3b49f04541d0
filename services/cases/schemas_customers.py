"""What customers send, and what they and the links of their mails get."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from chassis.text import MessageText, OptionalEmailAddress, Remark
from services.cases.directory import People
from services.cases.domain import Case, State, SurveyView
from services.cases.schemas import CaseType, person


class Asked(BaseModel):
    """What a customer sends; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewRequest(Asked):
    """A support request, by a ticket of the kind `request` with the secret that the browser made for it."""

    ticket: Annotated[str, Field(max_length=16_384)]
    secret: Annotated[str, Field(min_length=1, max_length=256)]
    question: MessageText


class StopWaiting(Asked):
    """The question that is left behind; `email` counts where the case has none."""

    question: MessageText
    email: OptionalEmailAddress = ""


class SurveyAnswer(Asked):
    """How it was, from 1 to 5, and in words."""

    rating: Annotated[int, Field(ge=1, le=5, strict=True)]
    comment: Remark = ""


class LinkToken(Asked):
    """What the link of a mail carries behind its `#`."""

    token: Annotated[str, Field(max_length=4_096)]


class LinkedAnswer(LinkToken, SurveyAnswer):
    """How it was, from who has the link of a mail."""


class CaseNumber(BaseModel):
    """A case as its customer can refer to it."""

    case_id: str
    number: int


class CustomerCase(CaseNumber):
    """A case as its customer sees it."""

    type: CaseType
    live: bool
    state: State
    email_known: bool
    survey: SurveyView
    rating: int | None
    created_at: datetime
    requested_at: datetime | None
    ended_at: datetime | None
    resolved_at: datetime | None


class LinkedCase(BaseModel):
    """A case as the link of a mail shows it.

    Several people may read a mailbox, and mails are forwarded: no name and no word of the customer is in it.
    """

    number: int
    company: str
    portal_address: str
    state: Literal["received", "in_progress", "resolved"]
    technician: str
    """The name of who has the case; empty while nobody has."""
    received_at: datetime
    assigned_at: datetime | None
    resolved_at: datetime | None
    survey: SurveyView
    rating: int | None


def number_view(case: Case) -> CaseNumber:
    """What a customer refers to a case by."""
    return CaseNumber(case_id=case.id, number=case.now.number)


def customer_view(case: Case, survey: SurveyView) -> CustomerCase:
    """The case as its customer sees it."""
    now = case.now
    return CustomerCase(
        case_id=case.id,
        number=now.number,
        type=now.case_type,
        live=now.live,
        state=now.state,
        email_known=bool(case.text.customer.email),
        survey=survey,
        rating=now.rating,
        created_at=now.created_at,
        requested_at=now.requested_at,
        ended_at=now.ended_at,
        resolved_at=now.resolved_at,
    )


LINKED_STATES: Final[Mapping[State, Literal["received", "in_progress", "resolved"]]] = {
    "pending": "received",
    "unassigned": "received",
    "assigned": "in_progress",
    "snoozed": "in_progress",
    "resolved": "resolved",
}


def linked_view(case: Case, survey: SurveyView, people: People) -> LinkedCase:
    """The case as the link of a mail shows it."""
    now, company = case.now, people.company(case.company_id)
    assignee = person(now.assignee_id, people)
    return LinkedCase(
        number=now.number,
        company=company.name if company else "",
        portal_address=now.portal_address,
        state=LINKED_STATES[now.state],
        technician=assignee.name if assignee else "",
        received_at=now.created_at,
        assigned_at=now.assigned_at,
        resolved_at=now.resolved_at,
        survey=survey,
        rating=now.rating,
    )
