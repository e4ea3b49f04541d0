"""The REST interface of deletion. It translates and calls; no rule lives here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import AdministratorsOnly, Identity
from services.cases.api import MOVED_ON, Cases
from services.cases.contact_erasing import ContactElsewhere, ContactErasing
from services.cases.contacts import ContactUnknown
from services.cases.domain import CaseMovedOn
from services.cases.erasing import Erasing
from services.cases.erasure import ChatNotEnded
from services.cases.erasure_schemas import ErasureList, ErasureView, erasure_list, erasure_view
from services.cases.keeping import CaseUnknown
from services.cases.moved_on import CaseHasMovedOn
from services.cases.schemas import StateVersion

PAGE: Final = 20
LONGEST_PAGE: Final = 100
CURSOR: Final = r"^[0-9a-f]{12}[0-9a-f-]{36}$"

router = APIRouter(prefix="/api/cases", tags=["cases"])


def _erasing(request: Request) -> Erasing:
    erasing: Erasing = request.app.state.erasing
    return erasing


def _contact_erasing(request: Request) -> ContactErasing:
    erasing: ContactErasing = request.app.state.contact_erasing
    return erasing


def _embedded(request: Request) -> bool:
    embedded: bool = request.app.state.runtime.settings.embedded
    return embedded


Technician = Annotated[Identity, Depends(staff("administer"))]
TheErasing = Annotated[Erasing, Depends(_erasing)]
Embedded = Annotated[bool, Depends(_embedded)]


@router.delete("/cases/{case_id}", responses=MOVED_ON)
@fails(CaseUnknown, CaseHasMovedOn, ChatNotEnded, AdministratorsOnly)
async def delete_case(  # noqa: PLR0913, PLR0917 - what FastAPI hands over
    case_id: str,
    state_version: Annotated[StateVersion, Query()],
    technician: Technician,
    cases: Cases,
    erasing: TheErasing,
    embedded: Embedded,
) -> ErasureView:
    """Delete a case for good (S32), for administrators: its live chat must have ended. Again is the same deletion."""
    scope = cases.scope_of(technician)
    try:
        erasure = await erasing.delete(scope, technician, case_id, state_version)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, cases.people) from news
    return erasure_view(erasure, cases.people, embedded=embedded)


@router.delete("/contacts/{contact_id}", responses=MOVED_ON)
@fails(ContactUnknown, ContactElsewhere, CaseHasMovedOn, ChatNotEnded, AdministratorsOnly)
async def delete_contact(
    contact_id: str,
    technician: Technician,
    cases: Cases,
    erasing: Annotated[ContactErasing, Depends(_contact_erasing)],
    embedded: Embedded,
) -> ErasureList:
    """Delete a customer for good, with every case of theirs, for administrators; each case has its receipt (N4)."""
    try:
        erased = await erasing.delete(cases.scope_of(technician), technician, contact_id)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, cases.people) from news
    views = [erasure_view(it, cases.people, embedded=embedded) for it in erased]
    return ErasureList(erasures=views, next=None)


@router.get("/erasures")
@fails(AdministratorsOnly)
async def list_erasures(  # noqa: PLR0913, PLR0917 - what FastAPI hands over
    technician: Technician,
    cases: Cases,
    erasing: TheErasing,
    embedded: Embedded,
    after: Annotated[str | None, Query(pattern=CURSOR, description="`next` of a page")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> ErasureList:
    """Deleted cases with their receipts, the latest first (N4); for administrators."""
    scope = cases.scope_of(technician)
    page = await erasing.list_erasures(scope, technician, after, limit)
    return erasure_list(page, cases.people, embedded=embedded)


@router.get("/erasures/{case_id}")
@fails(CaseUnknown, AdministratorsOnly)
async def show_erasure(
    case_id: str, technician: Technician, cases: Cases, erasing: TheErasing, embedded: Embedded
) -> ErasureView:
    """The receipt of one deleted case (N4); for administrators."""
    erasure = await erasing.show(cases.scope_of(technician), technician, case_id)
    return erasure_view(erasure, cases.people, embedded=embedded)
