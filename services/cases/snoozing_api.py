"""The REST interface of snooze times. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.admits import current_administrator
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.api import Reader
from services.cases.schemas_snoozing import (
    SnoozeTimesBody,
    SnoozeTrialBody,
    SnoozeTrialView,
    snooze_trial_view,
    times_of,
    times_view,
)
from services.cases.snoozing_desk import SnoozingDesk
from services.cases.whatif import CursorInvalid

router = APIRouter(prefix="/api/cases/snoozing", tags=["cases"])


def _desk(request: Request) -> SnoozingDesk:
    desk: SnoozingDesk = request.app.state.snoozing
    return desk


Administrator = Annotated[Identity, Depends(current_administrator)]
TheDesk = Annotated[SnoozingDesk, Depends(_desk)]


@router.get("")
async def show_snooze_times(technician: Reader, desk: TheDesk) -> SnoozeTimesBody:
    """What tomorrow and next week mean where a case is put off (S36), and how long it waits for a reply."""
    return times_view(await desk.show(technician))


@router.put("")
async def set_snooze_times(
    wanted: SnoozeTimesBody, admin: Administrator, desk: TheDesk
) -> SnoozeTimesBody:
    """Decide it anew; what sleeps already comes back when it was to come back."""
    return times_view(await desk.change(admin, times_of(wanted)))


@router.post("/trial")
@fails(CursorInvalid)
async def try_snooze_times(
    wanted: SnoozeTrialBody, admin: Administrator, desk: TheDesk
) -> SnoozeTrialView:
    """When the cases of the last thirty days would have come back with other times; it changes nothing (N9)."""
    times = times_of(wanted.times)
    return snooze_trial_view(await desk.try_out(admin, times, wanted.time_zone, wanted.after))
