"""The REST interface of cases, for technicians. It translates and calls; no rule lives here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request

from chassis.errors import DeskbusError
from chassis.tokens import Identity, current_technician
from services.cases.domain import Case, CaseMovedOn, ListName
from services.cases.handlers import Action, Desk, People
from services.cases.schemas import (
    CaseList,
    CaseView,
    Decision,
    MovedOn,
    MovedOnBody,
    list_view,
    person,
    view,
)
from services.cases.storage import Scope

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
        name = by.name if by else "The customer"
        moved_on = MovedOn(case=view(case, people), by=by, name=name, state=case.now.state)
        super().__init__(**moved_on.model_dump(mode="json"))


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Technician = Annotated[Identity, Depends(current_technician)]
TheDesk = Annotated[Desk, Depends(_desk)]


@router.get("/cases")
async def list_cases(
    technician: Technician,
    desk: TheDesk,
    listed: Annotated[ListName, Query(alias="list")] = "unassigned",
    after: Annotated[str | None, Query(pattern=CURSOR, description="`next` of a page")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> CaseList:
    """A page of one list, newest submitted first, and how long each list is."""
    scope = _scope(technician)
    page, counts = await desk.list_cases(listed, scope, technician.id, after, limit)
    return list_view(page, counts, desk.people)


@router.get("/cases/{case_id}")
async def show_case(case_id: str, technician: Technician, desk: TheDesk) -> CaseView:
    """One case."""
    return view(await desk.look_up(_scope(technician), case_id), desk.people)


@router.post("/cases/{case_id}/{action}", responses={409: {"model": MovedOnBody}})
async def decide(
    case_id: str,
    action: Action,
    decision: Decision,
    technician: Technician,
    desk: TheDesk,
) -> CaseView:
    """Assign to me, resolve or reopen (S28); the same again by the same technician changes nothing."""
    scope = _scope(technician)
    try:
        case = await desk.act(action, scope, technician.id, case_id, decision.state_version)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, desk.people) from news
    return view(case, desk.people)


def _scope(technician: Identity) -> Scope:
    return Scope(technician.tenant, tuple(technician.companies))
