"""What the REST interface of cases says: times in ISO 8601 with `Z`, people with their names."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from chassis.app import ErrorDetail
from chassis.text import LabelText, MessageText, OptionalEmailAddress, Remark
from contracts.cases import Priority
from contracts.envelope import Id
from contracts.portal import TechnicianListed
from services.cases.actions import ManyAction
from services.cases.directory import People
from services.cases.domain import Case, State, SurveyView
from services.cases.history import Entry
from services.cases.labels import Colour, Label
from services.cases.storage import Counts, Page
from services.cases.technicians import Decided, Outcome

MOST_AT_ONCE: Final = 100

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
    incoming: bool
    """Whether cases that wait for a technician are among those that are shown to this one (S57)."""


class TimelineEntry(BaseModel):
    """Something that happened to a case. `after_seq` is its place in the conversation."""

    id: str
    version: int
    type: str
    time: datetime
    by: Literal["customer", "technician", "system"]
    via: str
    person: Person | None
    after_seq: int
    state: State
    assignee: Person | None
    snoozed_until: datetime | None
    tells: dict[str, Any]
    """What this type of event says beside, as its contract has it (`contracts/cases.py`)."""
    people: list[Person]
    """The technicians whom `tells` names."""
    note: str


class Timeline(BaseModel):
    """What happened to a case behind a version, in order; `version` is the case's present one."""

    entries: list[TimelineEntry]
    version: int


class Colleague(Person):
    """A technician who can be given a case, and whether they take new ones now."""

    available: bool


class Team(BaseModel):
    """Everybody who can be given a case or called in its notes, by name."""

    technicians: list[Colleague]


class ManyItem(BaseModel):
    """One of many cases, as it was decided on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    state_version: StateVersion


class ManyCases(BaseModel):
    """An action on many cases, each decided by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: Annotated[list[ManyItem], Field(min_length=1, max_length=MOST_AT_ONCE)]
    action: ManyAction


class ManyResult(BaseModel):
    """What became of one of them; `version` takes it back, `code` says why it was refused."""

    id: str
    outcome: Outcome
    case: CaseView | None
    version: int | None
    code: str


class ManyResults(BaseModel):
    """What became of each, in the order asked for."""

    results: list[ManyResult]


class Undo(BaseModel):
    """The version that one's own change made, which is to be taken back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Annotated[int, Field(ge=2)]


class NewLabel(BaseModel):
    """A label to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[LabelText, Field(min_length=1, max_length=50)]
    colour: Colour


class LabelChange(NewLabel):
    """A label as it is to be; a retired one is put on no further case."""

    retired: bool = False


class LabelView(BaseModel):
    """A label of the account."""

    id: str
    title: str
    colour: Colour
    retired: bool


class LabelList(BaseModel):
    """The labels of the account, by title."""

    labels: list[LabelView]


class FoundCases(BaseModel):
    """What a search found, what fits best first."""

    cases: list[CaseView]


# ---- what customers send and get -----------------------------------------------------------------


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


# ---- a case that has changed meanwhile -----------------------------------------------------------


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
    )


def timeline_view(case: Case, entries: list[Entry], people: People) -> Timeline:
    """What happened, as it is shown."""
    return Timeline(entries=[_entry_view(it, people) for it in entries], version=case.version)


def _entry_view(entry: Entry, people: People) -> TimelineEntry:
    named = [entry.tells.get("technician_id"), entry.tells.get("from_id")]
    named += entry.tells.get("mentions", [])
    by_technician = entry.actor.kind == "technician"
    return TimelineEntry(
        id=entry.id,
        version=entry.version,
        type=entry.type,
        time=entry.time,
        by=entry.actor.kind,
        via=entry.actor.via,
        person=person(entry.actor.id, people) if by_technician else None,
        after_seq=entry.after_seq,
        state=entry.now.state,
        assignee=person(entry.now.assignee_id, people),
        snoozed_until=entry.now.snoozed_until,
        tells=entry.tells,
        people=[it for it in (person(name, people) for name in named) if it],
        note=entry.note,
    )


def team_view(team: Iterable[TechnicianListed]) -> Team:
    """Who can be given a case, by name."""
    colleagues = [
        Colleague(id=it.technician_id, name=it.name, available=it.available) for it in team
    ]
    return Team(technicians=sorted(colleagues, key=lambda it: it.name.casefold()))


def many_view(decided: list[Decided], people: People) -> ManyResults:
    """What became of many, as it is shown."""
    return ManyResults(
        results=[
            ManyResult(
                id=it.case_id,
                outcome=it.outcome,
                case=it.case and view(it.case, people),
                version=it.version,
                code=it.code,
            )
            for it in decided
        ]
    )


def label_view(label: Label) -> LabelView:
    """A label as it is shown."""
    return LabelView(id=label.id, title=label.title, colour=label.colour, retired=label.retired)


def list_view(page: Page, counts: Counts, people: People, *, incoming: bool) -> CaseList:
    """A page as it is shown."""
    return CaseList(
        cases=[view(case, people) for case in page.cases],
        next=page.next,
        counts=ListCounts(unassigned=counts.unassigned, mine=counts.mine, all=counts.all),
        incoming=incoming,
    )


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


def person(technician_id: str | None, people: People) -> Person | None:
    """A technician with the name of today."""
    if technician_id is None:
        return None
    known = people.technician(technician_id)
    return Person(id=technician_id, name=known.name if known else "")
