"""The past of a case over REST (N6): as it was, and as its customer saw it. It translates and calls."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.handlers import Desk
from services.cases.keeping import CaseUnknown
from services.cases.schemas import CaseView, view
from services.cases.schemas_customers import CustomerCase, customer_view
from services.cases.technicians import MomentUnknown, Technicians

MOST_VERSIONS = 2**31 - 1
"""More changes no case has; a larger number is none that the database could compare."""

router = APIRouter(prefix="/api/cases/cases/{case_id}/past", tags=["cases"])
Reader = Annotated[Identity, Depends(staff("cases:read"))]
Version = Annotated[int | None, Query(ge=1, le=MOST_VERSIONS)]
At = Annotated[AwareDatetime | None, Query()]


def _technicians(request: Request) -> Technicians:
    technicians: Technicians = request.app.state.technicians
    return technicians


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Cases = Annotated[Technicians, Depends(_technicians)]


@router.get("")
@fails(CaseUnknown, MomentUnknown)
async def show_past(
    case_id: str, technician: Reader, cases: Cases, version: Version = None, at: At = None
) -> CaseView:
    """The case as it was at a version, or at a time (N6); with neither, as its history has it now."""
    case = await cases.look_back(technician, case_id, version=version, at=at)
    return view(case, cases.people)


@router.get("/customer")
@fails(CaseUnknown, MomentUnknown)
async def show_past_of_customer(  # noqa: PLR0913, PLR0917 - a question and who answers it
    case_id: str,
    technician: Reader,
    cases: Cases,
    desk: Annotated[Desk, Depends(_desk)],
    version: Version = None,
    at: At = None,
) -> CustomerCase:
    """The case as its customer's page had it at that moment, its survey among it.

    What they read there is `GET /api/chat/conversations/{id}/past?at=`.
    """
    case = await cases.look_back(technician, case_id, version=version, at=at)
    return customer_view(*desk.as_customer(case))
