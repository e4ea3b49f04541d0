"""How long a live chat rings, for administrators. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from chassis.admits import current_administrator
from chassis.tokens import Identity
from services.notify.patience import Patience
from services.notify.ringing import Ringing

router = APIRouter(prefix="/api/notify/ringing", tags=["notify"])


class RingingBody(BaseModel):
    """How many seconds lie between two rings, and how often it rings again before people are mailed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seconds: Annotated[float, Field(ge=1, le=86_400, examples=[60])]
    times: Annotated[int, Field(ge=0, le=100, examples=[3])]


class RingingView(RingingBody):
    """The same, and whether people are mailed at last at all."""

    mails: bool


def _ringing(request: Request) -> Ringing:
    ringing: Ringing = request.app.state.ringing
    return ringing


Administrator = Annotated[Identity, Depends(current_administrator)]
TheRinging = Annotated[Ringing, Depends(_ringing)]


@router.get("")
async def show_ringing(admin: Administrator, ringing: TheRinging) -> RingingView:
    """How often a live chat rings that nobody takes, before those who could come are mailed (X4)."""
    return _view(await ringing.show(admin), ringing)


@router.put("")
async def set_ringing(
    wanted: RingingBody, admin: Administrator, ringing: TheRinging
) -> RingingView:
    """Decide it anew; what rings already goes by it from its next ring on."""
    return _view(await ringing.change(admin, wanted.seconds, wanted.times), ringing)


def _view(patience: Patience, ringing: Ringing) -> RingingView:
    return RingingView(
        seconds=patience.wait.total_seconds(), times=patience.times, mails=ringing.mails
    )
