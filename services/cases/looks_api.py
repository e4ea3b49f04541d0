"""Who has looked at a case, over REST. It translates and calls; no rule lives here."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from chassis.admits import current_technician
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.api import Cases, Reader
from services.cases.keeping import CaseUnknown
from services.cases.looks import Looks
from services.cases.schemas import Person, person

router = APIRouter(prefix="/api/cases", tags=["cases"])


def _looks(request: Request) -> Looks:
    looks: Looks = request.app.state.looks
    return looks


TheLooks = Annotated[Looks, Depends(_looks)]


class LookView(BaseModel):
    """A technician had the case before them, then or within a quarter of an hour from it."""

    person: Person
    time: datetime


class LookList(BaseModel):
    """Who looked at a case: the newest 200 looks, the newest first."""

    looks: list[LookView]


@router.get("/cases/{case_id}/looks")
@fails(CaseUnknown)
async def list_looks(case_id: str, technician: Reader, looks: TheLooks, cases: Cases) -> LookList:
    """Which technicians had the case before them, and when."""
    found = [
        (person(it.technician_id, cases.people), it.at)
        for it in await looks.of_case(technician, case_id)
    ]
    return LookList(looks=[LookView(person=who, time=at) for who, at in found if who])


@router.post("/cases/{case_id}/looks", status_code=204)
@fails(CaseUnknown)
async def note_look(
    case_id: str, technician: Annotated[Identity, Depends(current_technician)], looks: TheLooks
) -> Response:
    """The caller has the case before them. Kept once in a quarter of an hour, however often it is said."""
    await looks.note(technician, case_id)
    return Response(status_code=204)
