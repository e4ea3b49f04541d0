"""Cases made by hand, merged and split (S43, X26). It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.describing import fails
from services.cases.api import MOVED_ON, Cases, Writer
from services.cases.domain import CaseMovedOn
from services.cases.keeping import CaseUnknown
from services.cases.making import Making, PortalNotYours
from services.cases.merging import CaseIsMerged, CaseNotMerged, OtherCompany, SameCase, StillLive
from services.cases.moved_on import CaseHasMovedOn
from services.cases.relating import Relating
from services.cases.relations_schemas import MergeCase, NewCase, UnmergeCase, wanted_of
from services.cases.schemas import CaseView, view

router = APIRouter(prefix="/api/cases", tags=["cases"])


def _making(request: Request) -> Making:
    making: Making = request.app.state.making
    return making


def _relating(request: Request) -> Relating:
    relating: Relating = request.app.state.relating
    return relating


@router.post("/cases", status_code=201)
@fails(PortalNotYours, CaseUnknown)
async def make_case(
    wanted: NewCase,
    technician: Writer,
    cases: Cases,
    making: Annotated[Making, Depends(_making)],
) -> CaseView:
    """Make a case for a call or a mail that came elsewhere, or from another case's conversation (S43, X26)."""
    scope = cases.scope_of(technician)
    return view(await making.make(technician, scope, wanted_of(wanted)), cases.people)


@router.post("/cases/{case_id}/merge", responses=MOVED_ON)
@fails(CaseUnknown, CaseHasMovedOn, CaseIsMerged, StillLive, SameCase, OtherCompany)
async def merge_case(
    case_id: str,
    wanted: MergeCase,
    technician: Writer,
    cases: Cases,
    relating: Annotated[Relating, Depends(_relating)],
) -> CaseView:
    """The case is a duplicate: it goes on in the other one (X26). It stays readable under its number."""
    scope = cases.scope_of(technician)
    source, target = (case_id, wanted.state_version), (wanted.into, wanted.into_state_version)
    try:
        case = await relating.merge(technician, scope, source, target)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, cases.people) from news
    return view(case, cases.people)


@router.post("/cases/{case_id}/unmerge", responses=MOVED_ON)
@fails(CaseUnknown, CaseHasMovedOn, CaseNotMerged)
async def unmerge_case(
    case_id: str,
    wanted: UnmergeCase,
    technician: Writer,
    cases: Cases,
    relating: Annotated[Relating, Depends(_relating)],
) -> CaseView:
    """Take the merge back: the case is as it was before it."""
    scope = cases.scope_of(technician)
    try:
        case = await relating.unmerge(technician, scope, case_id, wanted.state_version)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, cases.people) from news
    return view(case, cases.people)
