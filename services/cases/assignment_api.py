"""Automatic assignment, for administrators. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.admits import current_administrator
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.assigning import Assigning, NotInAccount
from services.cases.assignment import OwnRoom, Room
from services.cases.schemas_assignment import (
    AssignmentSwitch,
    AssignmentView,
    Capacity,
    OwnCapacity,
    assignment_view,
)
from services.cases.schemas_routing_trial import (
    RoutingTrialBody,
    RoutingTrialView,
    routing_trial_view,
)
from services.cases.schemas_switch_trial import (
    SwitchTrialBody,
    SwitchTrialView,
    switch_trial_view,
)
from services.cases.switch_desk import SwitchDesk
from services.cases.whatif import CursorInvalid

router = APIRouter(prefix="/api/cases/assignment", tags=["cases"])


def _assigning(request: Request) -> Assigning:
    assigning: Assigning = request.app.state.assigning
    return assigning


def _switching(request: Request) -> SwitchDesk:
    switching: SwitchDesk = request.app.state.switching
    return switching


Administrator = Annotated[Identity, Depends(current_administrator)]
TheAssigning = Annotated[Assigning, Depends(_assigning)]
TheSwitching = Annotated[SwitchDesk, Depends(_switching)]


@router.get("")
async def show_assignment(administrator: Administrator, assigning: TheAssigning) -> AssignmentView:
    """What is assigned by itself, how much everybody takes, and how much they have."""
    return assignment_view(await assigning.show(administrator), assigning.people)


@router.put("/capacity")
async def set_capacity(
    wanted: Capacity, administrator: Administrator, assigning: TheAssigning
) -> AssignmentView:
    """How many live chats and other cases are assigned at once to those for whom nothing else is decided."""
    room = Room(wanted.chats, wanted.cases)
    return assignment_view(await assigning.set_capacity(administrator, room), assigning.people)


@router.post("/trial")
@fails(CursorInvalid)
async def try_capacity(
    wanted: RoutingTrialBody, administrator: Administrator, assigning: TheAssigning
) -> RoutingTrialView:
    """What the desk would have decided in the last month with another capacity for all; it changes nothing (N9)."""
    room = Room(wanted.capacity.chats, wanted.capacity.cases)
    part = await assigning.try_out(administrator, room, wanted.after)
    return routing_trial_view(part, assigning.people)


@router.put("/portals/{portal_id}")
@fails(NotInAccount)
async def switch_assignment(
    portal_id: str, wanted: AssignmentSwitch, administrator: Administrator, assigning: TheAssigning
) -> AssignmentView:
    """Have the cases of a portal assigned by themselves, or not (S37)."""
    found = await assigning.switch(administrator, portal_id, automatic=wanted.automatic)
    return assignment_view(found, assigning.people)


@router.post("/portals/{portal_id}/trial")
@fails(NotInAccount, CursorInvalid)
async def try_assignment(
    portal_id: str, wanted: SwitchTrialBody, administrator: Administrator, switching: TheSwitching
) -> SwitchTrialView:
    """Who would have got the cases of a portal in the last month, had they been assigned by themselves (N9).

    It changes nothing.
    """
    trial = await switching.try_out(administrator, portal_id, wanted.after)
    return switch_trial_view(trial, switching.people)


@router.put("/technicians/{technician_id}")
@fails(NotInAccount)
async def set_own_capacity(
    technician_id: str, wanted: OwnCapacity, administrator: Administrator, assigning: TheAssigning
) -> AssignmentView:
    """How much one technician is assigned at once; null is what holds for all (X3)."""
    own = OwnRoom(wanted.chats, wanted.cases)
    found = await assigning.set_own(administrator, technician_id, own)
    return assignment_view(found, assigning.people)
