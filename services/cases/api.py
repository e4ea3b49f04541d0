"""What technicians and integrators ask of cases. It translates and calls; no rule lives here."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import create_model

from chassis.admits import staff
from chassis.describing import fails
from chassis.errors import DeskbusError
from chassis.tokens import Identity
from services.cases import actions
from services.cases.actions import Act, UseMacro
from services.cases.contacts import ContactUnknown
from services.cases.decisions import NothingToUndo, SnoozeInPast, SnoozeTooLong
from services.cases.domain import CaseMovedOn
from services.cases.follow_ups import CustomerWithoutAddress, MailWasSent
from services.cases.keeping import CaseUnknown
from services.cases.label_desk import LabelDesk
from services.cases.labels import Label, LabelTaken, LabelUnknown, TooManyLabels
from services.cases.macros import MacroUnknown
from services.cases.macros_api import TheMacros
from services.cases.merging import CaseIsMerged
from services.cases.moved_on import CaseHasMovedOn
from services.cases.past_api import MOST_VERSIONS
from services.cases.schemas import CaseView, MovedOnBody, StateVersion, Undo, view
from services.cases.schemas_labels import LabelChange, LabelList, LabelView, NewLabel, label_view
from services.cases.schemas_lists import PAGE, CaseList, FoundCases, ListQuery, list_view
from services.cases.schemas_many import ManyCases, ManyResults, ManyUndone, many_view
from services.cases.schemas_team import Team, team_view
from services.cases.schemas_timeline import Timeline, timeline_view
from services.cases.search import SearchTooShort
from services.cases.sorting import SortNeedsSearch
from services.cases.technicians import (
    NeedsTechnician,
    TechnicianCannotTake,
    Technicians,
)

MOVED_ON: Final[dict[int | str, dict[str, Any]]] = {409: {"model": MovedOnBody}}

router = APIRouter(prefix="/api/cases", tags=["cases"])


def _technicians(request: Request) -> Technicians:
    technicians: Technicians = request.app.state.technicians
    return technicians


def _labels(request: Request) -> LabelDesk:
    labels: LabelDesk = request.app.state.labels
    return labels


Reader = Annotated[Identity, Depends(staff("cases:read"))]
Writer = Annotated[Identity, Depends(staff("cases:write"))]
Cases = Annotated[Technicians, Depends(_technicians)]
TheLabels = Annotated[LabelDesk, Depends(_labels)]

# ---- looking -------------------------------------------------------------------------------------


@router.get("/cases")
@fails(SearchTooShort, SortNeedsSearch)
async def list_cases(
    technician: Reader, cases: Cases, asked: Annotated[ListQuery, Query()]
) -> CaseList:
    """A page of a list, with what it is narrowed down to and in its order, and how long the three lists are (S64)."""
    # Before the page is read, so that the answer says of itself what it was made by.
    incoming = cases.scope_of(technician).incoming
    wanted = asked.wanted_by(technician)
    page, counts = await cases.list_cases(technician, wanted, asked.listing())
    return list_view(page, counts, cases.people, incoming=incoming)


@router.get("/search")
@fails(SearchTooShort)
async def search_cases(
    technician: Reader,
    cases: Cases,
    query: Annotated[str, Query(alias="q", max_length=200, description="words, or a number")],
    limit: Annotated[int, Query(ge=1, le=50)] = PAGE,
) -> FoundCases:
    """Cases by name, address, number, title and problem; beginnings of words, without case and accents (S63, S65)."""
    found = await cases.search(technician, query, limit)
    return FoundCases(cases=[view(case, cases.people) for case in found])


@router.get("/cases/{case_id}")
@fails(CaseUnknown)
async def show_case(case_id: str, technician: Reader, cases: Cases) -> CaseView:
    """One case."""
    return view(await cases.look_up(technician, case_id), cases.people)


@router.get("/cases/{case_id}/technicians")
@fails(CaseUnknown)
async def list_team(case_id: str, technician: Reader, cases: Cases) -> Team:
    """Who can be given the case, and be called in its notes (S37, S50)."""
    return team_view(await cases.team(technician, case_id))


@router.get("/cases/{case_id}/timeline")
@fails(CaseUnknown)
async def show_timeline(
    case_id: str,
    technician: Reader,
    cases: Cases,
    after: Annotated[
        int, Query(ge=0, le=MOST_VERSIONS, description="the last version that is known already")
    ] = 0,
) -> Timeline:
    """What happened to the case, notes among it, in order; each stands behind `after_seq` of the conversation."""
    case, entries = await cases.timeline(technician, case_id, after)
    changes = await cases.changes(case_id, entries, after)
    return timeline_view(case, entries, cases.people, changes)


# ---- acting --------------------------------------------------------------------------------------


@router.post("/many")
@fails(LabelUnknown, MacroUnknown)
async def act_on_many(
    wanted: ManyCases, technician: Writer, cases: Cases, macros: TheMacros
) -> ManyResults:
    """An action or a macro on up to a hundred cases, each decided by itself (X25).

    The answer is good whatever became of them: `outcome` says so of each, and `code` why it was refused. The same
    `client_id` again does nothing twice. `version` names what was done, for `POST /api/cases/many/undo`.
    """
    items = [(item.id, item.state_version) for item in wanted.cases]
    action, client_id = wanted.action, wanted.client_id
    if isinstance(action, UseMacro):
        known_as = action.client_id or client_id
        decided = await macros.apply_to_many(technician, items, action.macro, known_as)
    else:
        decided = await cases.act_on_many(technician, items, action, client_id)
    return many_view(decided, cases.people)


@router.post("/many/undo")
async def undo_many(wanted: ManyUndone, technician: Writer, cases: Cases) -> ManyResults:
    """Take one's own changes of up to a hundred cases back, each where nobody has gone on from there (X25).

    A case that somebody changed since is `moved_on` and stays as it is; what is taken back already is `unchanged`.
    """
    changes = [(item.id, item.version) for item in wanted.changes]
    return many_view(await cases.undo_many(technician, changes), cases.people)


@router.post("/cases/{case_id}/undo", responses=MOVED_ON)
@fails(CaseUnknown, CaseHasMovedOn, CaseIsMerged, NothingToUndo)
async def undo(case_id: str, undone: Undo, technician: Writer, cases: Cases) -> CaseView:
    """Take one's own change back, while nobody has gone on from there."""
    try:
        case = await cases.undo(technician, case_id, undone.version)
    except CaseMovedOn as news:
        raise CaseHasMovedOn(news.case, cases.people) from news
    return view(case, cases.people)


_ERRORS_OF: Final[Mapping[type[Act], tuple[type[DeskbusError], ...]]] = {
    actions.Assign: (NeedsTechnician,),
    actions.Open: (NeedsTechnician,),
    actions.Reopen: (NeedsTechnician,),
    actions.Snooze: (SnoozeInPast, SnoozeTooLong),
    actions.Transfer: (TechnicianCannotTake,),
    actions.Note: (TechnicianCannotTake,),
    actions.Label: (LabelUnknown,),
    actions.Verify: (ContactUnknown,),
    actions.Mail: (CustomerWithoutAddress, MailWasSent),
}


def _offer(action: type[Act]) -> None:
    """A route of its own for each action, `POST /cases/{case_id}/<do>`, with what it needs as its body."""
    name = str(action.model_fields["do"].default)
    on_state = issubclass(action, actions.DECIDED)
    needs: dict[str, Any] = {"state_version": (StateVersion, ...)} if on_state else {}
    body = create_model(f"{action.__name__}Case", __base__=action, __doc__=action.__doc__, **needs)

    async def act(case_id: str, wanted: Any, technician: Writer, cases: Cases) -> CaseView:
        state_version = getattr(wanted, "state_version", 0)
        try:
            case = await cases.act(
                technician, case_id, _without_version(action, wanted), state_version
            )
        except CaseMovedOn as news:
            raise CaseHasMovedOn(news.case, cases.people) from news
        return view(case, cases.people)

    act.__annotations__["wanted"] = body
    act.__doc__ = action.__doc__
    fails(CaseUnknown, CaseHasMovedOn, CaseIsMerged, *_ERRORS_OF.get(action, ()))(act)
    router.post(f"/cases/{{case_id}}/{name}", name=f"{name}_case", responses=MOVED_ON)(act)


def _without_version(action: type[Act], wanted: Act) -> Act:
    return action.model_construct(**{name: getattr(wanted, name) for name in action.model_fields})


for _action in actions.ACTIONS:
    _offer(_action)

# ---- labels --------------------------------------------------------------------------------------


@router.get("/labels")
async def list_labels(technician: Reader, labels: TheLabels) -> LabelList:
    """The labels of the account, by title; retired ones are those that cases still wear."""
    found = await labels.all(technician)
    return LabelList(labels=[label_view(label) for label in found])


@router.post("/labels", status_code=201)
@fails(LabelTaken, TooManyLabels)
async def add_label(wanted: NewLabel, technician: Writer, labels: TheLabels) -> LabelView:
    """Make a label."""
    return label_view(await labels.add(technician, wanted.title, wanted.colour))


@router.put("/labels/{label_id}")
@fails(LabelUnknown, LabelTaken)
async def change_label(
    label_id: str, wanted: LabelChange, technician: Writer, labels: TheLabels
) -> LabelView:
    """Rename, recolour or retire a label."""
    label = Label(label_id, technician.tenant, wanted.title, wanted.colour, wanted.retired)
    return label_view(await labels.change(technician, label))
