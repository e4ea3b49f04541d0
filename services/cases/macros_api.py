"""Macros over REST: kept by technicians, applied to a case. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import AdministratorsOnly, Identity
from services.cases.decisions import SnoozeInPast, SnoozeTooLong
from services.cases.domain import CaseMovedOn
from services.cases.keeping import CaseUnknown
from services.cases.labels import LabelUnknown
from services.cases.macro_desk import MacroDesk
from services.cases.macro_schemas import MacroCase, MacroList, MacroView, NewMacro, macro_view
from services.cases.macros import MacroTaken, MacroUnknown, TooManyMacros
from services.cases.merging import CaseIsMerged
from services.cases.moved_on import CaseHasMovedOn
from services.cases.schemas import CaseView, MovedOnBody, view
from services.cases.technicians import NeedsTechnician, TechnicianCannotTake

router = APIRouter(prefix="/api/cases", tags=["macros"])


def _macros(request: Request) -> MacroDesk:
    macros: MacroDesk = request.app.state.macros
    return macros


TheMacros = Annotated[MacroDesk, Depends(_macros)]
Keeper = Annotated[Identity, Depends(staff("cases:write"))]


@router.get("/macros")
async def list_macros(
    technician: Annotated[Identity, Depends(staff("cases:read"))], macros: TheMacros
) -> MacroList:
    """The macros that can be applied: the shared ones, and one's own."""
    found = await macros.all(technician)
    return MacroList(macros=[macro_view(macro, faults) for macro, faults in found])


@router.post("/macros", status_code=201)
@fails(AdministratorsOnly, MacroTaken, TooManyMacros)
async def add_macro(wanted: NewMacro, technician: Keeper, macros: TheMacros) -> MacroView:
    """Make a macro, for oneself or, as an administrator, for everybody."""
    macro = await macros.add(technician, wanted.name, wanted.actions, shared=wanted.shared)
    return macro_view(macro, [])


@router.put("/macros/{macro_id}")
@fails(MacroUnknown, AdministratorsOnly, MacroTaken, TooManyMacros)
async def change_macro(
    macro_id: str, wanted: NewMacro, technician: Keeper, macros: TheMacros
) -> MacroView:
    """Keep a macro as it is given."""
    macro = await macros.change(
        technician, macro_id, wanted.name, wanted.actions, shared=wanted.shared
    )
    return macro_view(macro, [])


@router.delete("/macros/{macro_id}", status_code=204)
@fails(MacroUnknown, AdministratorsOnly)
async def remove_macro(macro_id: str, technician: Keeper, macros: TheMacros) -> Response:
    """Delete a macro; what it has done stays done."""
    await macros.remove(technician, macro_id)
    return Response(status_code=204)


@router.post("/cases/{case_id}/macro", responses={409: {"model": MovedOnBody}})
@fails(
    CaseUnknown,
    CaseHasMovedOn,
    CaseIsMerged,
    MacroUnknown,
    LabelUnknown,
    NeedsTechnician,
    SnoozeInPast,
    SnoozeTooLong,
    TechnicianCannotTake,
)
async def apply_macro(
    case_id: str,
    wanted: MacroCase,
    technician: Annotated[Identity, Depends(staff("cases:write"))],
    macros: TheMacros,
) -> CaseView:
    """Apply a macro: all of its actions, or none."""
    people = macros.people
    try:
        case = await macros.apply(
            technician, case_id, wanted.macro, wanted.state_version, wanted.client_id
        )
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, people) from news
    return view(case, people)
