"""The REST interface of cases. It translates and calls; no rule lives here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request

from chassis.errors import DeskbusError
from chassis.links import Links
from chassis.tokens import Identity, TokenVerifier, current_customer, current_technician
from services.cases.domain import Case, CaseMovedOn, ListName
from services.cases.handlers import Action, Desk, People
from services.cases.schemas import (
    CaseList,
    CaseNumber,
    CaseView,
    CustomerCase,
    Decision,
    LinkedAnswer,
    LinkedCase,
    LinkToken,
    MovedOn,
    MovedOnBody,
    NewRequest,
    StopWaiting,
    SurveyAnswer,
    customer_view,
    linked_view,
    list_view,
    number_view,
    person,
    view,
)

PAGE: Final = 20
LONGEST_PAGE: Final = 100
CURSOR: Final = r"^[0-9a-f]{12}[0-9a-f-]{36}$"

router = APIRouter(prefix="/api/cases", tags=["cases"])


class CaseHasMovedOn(DeskbusError):
    """Somebody else decided first. `params` are the case as it is, and who changed it."""

    code = "case_moved_on"
    status = 409
    text = "{name} was here first: this case is {state} now."

    def __init__(self, case: Case, people: People) -> None:
        by = person(case.now.changed_by, people)
        moved_on = MovedOn(
            case=view(case, people), by=by, name=_name_behind(case, people), state=case.now.state
        )
        super().__init__(**moved_on.model_dump(mode="json"))


class OwnCaseHasMovedOn(DeskbusError):
    """The same for a customer, who is told no more of the case than its state and who was faster."""

    code = CaseHasMovedOn.code
    status = CaseHasMovedOn.status
    text = CaseHasMovedOn.text

    def __init__(self, case: Case, people: People) -> None:
        super().__init__(name=_name_behind(case, people), state=case.now.state)


def _name_behind(case: Case, people: People) -> str:
    by = person(case.now.changed_by, people)
    return by.name if by else "The customer"


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _links(request: Request) -> Links:
    links: Links = request.app.state.links
    return links


Technician = Annotated[Identity, Depends(current_technician)]
Customer = Annotated[Identity, Depends(current_customer)]
TheDesk = Annotated[Desk, Depends(_desk)]
TheLinks = Annotated[Links, Depends(_links)]


# ---- customers: before the technicians' routes, whose `{action}` would take theirs ---------------


@router.post("/requests", status_code=201)
async def submit_request(
    wanted: NewRequest, customer: Customer, desk: TheDesk, request: Request
) -> CaseNumber:
    """Leave a support request (S9); the same ticket again is the same request."""
    verifier: TokenVerifier = request.app.state.verifier
    ticket = verifier.ticket(wanted.ticket)
    return number_view(await desk.submit(customer, ticket, wanted.secret, wanted.question))


@router.get("/customer/{case_id}")
async def show_own_case(case_id: str, customer: Customer, desk: TheDesk) -> CustomerCase:
    """The customer's own case; unknown until cases has heard of the conversation."""
    return customer_view(*await desk.look_up_own(customer, case_id))


@router.post("/cases/{case_id}/request")
async def stop_waiting(
    case_id: str, left: StopWaiting, customer: Customer, desk: TheDesk
) -> CaseNumber:
    """Stop waiting and leave a request (S11), while nobody has come; the same question again is the same."""
    try:
        case = await desk.stop_waiting(customer, case_id, left.question, left.email)
    except CaseMovedOn as news:
        raise OwnCaseHasMovedOn(news.case, desk.people) from news
    return number_view(case)


@router.post("/cases/{case_id}/survey")
async def answer_survey(
    case_id: str, answer: SurveyAnswer, customer: Customer, desk: TheDesk
) -> CustomerCase:
    """Say how it was, once after each resolution (S62)."""
    return customer_view(
        *await desk.answer_survey(customer, case_id, answer.rating, answer.comment)
    )


# ---- readers of a mail: the token is all that they have, and stands in no address -----------------


@router.post("/link")
async def show_linked_case(link: LinkToken, links: TheLinks, desk: TheDesk) -> LinkedCase:
    """How the case of a mail's link is (X7)."""
    case, survey = await desk.look_up_linked(links.case_behind(link.token))
    return linked_view(case, survey, desk.people)


@router.post("/link/survey")
async def answer_linked_survey(answer: LinkedAnswer, links: TheLinks, desk: TheDesk) -> LinkedCase:
    """Say how it was by the link of a mail, once after each resolution (S62)."""
    link = links.case_behind(answer.token)
    case, survey = await desk.answer_linked(link, answer.rating, answer.comment)
    return linked_view(case, survey, desk.people)


# ---- technicians ---------------------------------------------------------------------------------


@router.get("/cases")
async def list_cases(
    technician: Technician,
    desk: TheDesk,
    listed: Annotated[ListName, Query(alias="list")] = "unassigned",
    after: Annotated[str | None, Query(pattern=CURSOR, description="`next` of a page")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> CaseList:
    """A page of one list, newest submitted first, and how long each list is."""
    scope = desk.scope_of(technician)
    page, counts = await desk.list_cases(listed, scope, technician.id, after, limit)
    return list_view(page, counts, desk.people, incoming=scope.incoming)


@router.get("/cases/{case_id}")
async def show_case(case_id: str, technician: Technician, desk: TheDesk) -> CaseView:
    """One case."""
    return view(await desk.look_up(desk.scope_of(technician), case_id), desk.people)


@router.post("/cases/{case_id}/{action}", responses={409: {"model": MovedOnBody}})
async def decide(
    case_id: str,
    action: Action,
    decision: Decision,
    technician: Technician,
    desk: TheDesk,
) -> CaseView:
    """Assign to me, resolve or reopen (S28); the same again by the same technician changes nothing."""
    scope = desk.scope_of(technician)
    try:
        case = await desk.act(action, scope, technician.id, case_id, decision.state_version)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, desk.people) from news
    return view(case, desk.people)
