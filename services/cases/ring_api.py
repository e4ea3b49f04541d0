"""Other times of ringing, tried by administrators. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.admits import current_administrator
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.ring_desk import RingDesk
from services.cases.schemas_ring_trial import (
    RingTrialBody,
    RingTrialView,
    patience_of,
    ring_trial_view,
)
from services.cases.whatif import CursorInvalid

router = APIRouter(prefix="/api/cases/ringing", tags=["cases"])


def _desk(request: Request) -> RingDesk:
    desk: RingDesk = request.app.state.ringing
    return desk


Administrator = Annotated[Identity, Depends(current_administrator)]
TheDesk = Annotated[RingDesk, Depends(_desk)]


@router.post("/trial")
@fails(CursorInvalid)
async def try_ringing(wanted: RingTrialBody, admin: Administrator, desk: TheDesk) -> RingTrialView:
    """How often the chats of the last thirty days would have rung with other times; it changes nothing (N9)."""
    before, patience = patience_of(wanted.before), patience_of(wanted.patience)
    return ring_trial_view(await desk.try_out(admin, before, patience, wanted.after))
