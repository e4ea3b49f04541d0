"""What customers, and readers of their mails, ask of cases. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.admits import current_customer
from chassis.describing import fails
from chassis.erasure import ConversationDeleted
from chassis.links import LinkInvalid, Links
from chassis.tokens import Identity, TicketInvalid, TokenVerifier
from services.cases.domain import CaseMovedOn, SurveyDone, SurveyNotOpen
from services.cases.handlers import Desk
from services.cases.keeping import CaseUnknown
from services.cases.moved_on import OwnCaseHasMovedOn
from services.cases.schemas_customers import (
    CaseNumber,
    CustomerCase,
    LinkedAnswer,
    LinkedCase,
    LinkToken,
    NewRequest,
    StopWaiting,
    SurveyAnswer,
    customer_view,
    linked_view,
    number_view,
)

router = APIRouter(prefix="/api/cases", tags=["cases"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _links(request: Request) -> Links:
    links: Links = request.app.state.links
    return links


Customer = Annotated[Identity, Depends(current_customer)]
TheDesk = Annotated[Desk, Depends(_desk)]
TheLinks = Annotated[Links, Depends(_links)]


@router.post("/requests", status_code=201)
@fails(TicketInvalid, ConversationDeleted)
async def submit_request(
    wanted: NewRequest, customer: Customer, desk: TheDesk, request: Request
) -> CaseNumber:
    """Leave a support request (S9); the same ticket again is the same request."""
    verifier: TokenVerifier = request.app.state.verifier
    ticket = verifier.ticket(wanted.ticket)
    return number_view(await desk.submit(customer, ticket, wanted.secret, wanted.question))


@router.get("/customer/{case_id}")
@fails(CaseUnknown, ConversationDeleted)
async def show_own_case(case_id: str, customer: Customer, desk: TheDesk) -> CustomerCase:
    """The customer's own case; unknown until cases has heard of the conversation."""
    return customer_view(*await desk.look_up_own(customer, case_id))


@router.post("/cases/{case_id}/request")
@fails(CaseUnknown, ConversationDeleted, OwnCaseHasMovedOn)
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
@fails(CaseUnknown, ConversationDeleted, SurveyNotOpen, SurveyDone)
async def answer_survey(
    case_id: str, answer: SurveyAnswer, customer: Customer, desk: TheDesk
) -> CustomerCase:
    """Say how it was, once after each resolution (S62)."""
    return customer_view(
        *await desk.answer_survey(customer, case_id, answer.rating, answer.comment)
    )


# ---- readers of a mail: the token is all that they have, and stands in no address -----------------


@router.post("/link")
@fails(LinkInvalid, CaseUnknown, ConversationDeleted)
async def show_linked_case(link: LinkToken, links: TheLinks, desk: TheDesk) -> LinkedCase:
    """How the case of a mail's link is (X7)."""
    case, survey = await desk.look_up_linked(links.case_behind(link.token))
    return linked_view(case, survey, desk.people)


@router.post("/link/survey")
@fails(LinkInvalid, CaseUnknown, ConversationDeleted, SurveyNotOpen, SurveyDone)
async def answer_linked_survey(answer: LinkedAnswer, links: TheLinks, desk: TheDesk) -> LinkedCase:
    """Say how it was by the link of a mail, once after each resolution (S62)."""
    link = links.case_behind(answer.token)
    case, survey = await desk.answer_linked(link, answer.rating, answer.comment)
    return linked_view(case, survey, desk.people)
