"""The REST interface of service levels. It translates and calls; no rule lives here."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request

from chassis.admits import current_administrator
from chassis.describing import fails
from chassis.tokens import AdministratorsOnly, Identity
from services.cases.sla_handlers import PortalNotFound, SlaDesk
from services.cases.sla_schemas import (
    LevelBody,
    LevelView,
    PreviewView,
    ServiceLevelsView,
    SlaTrialBody,
    SlaTrialView,
    level_view,
    levels_view,
    policy_of,
    preview_view,
    trial_view,
)
from services.cases.sla_store import DEFAULT
from services.cases.whatif import CursorInvalid

EVERYWHERE: Final = "default"
"""In the place of a portal's id: what all portals promise that have nothing of their own."""

router = APIRouter(prefix="/api/cases/service-levels", tags=["service levels"])


def _desk(request: Request) -> SlaDesk:
    desk: SlaDesk = request.app.state.sla
    return desk


Administrator = Annotated[Identity, Depends(current_administrator)]
TheDesk = Annotated[SlaDesk, Depends(_desk)]
PortalId = Annotated[
    str, Path(max_length=64, description="a portal's id, or `default`", examples=[EVERYWHERE])
]


@router.get("")
@fails(AdministratorsOnly)
async def show_service_levels(admin: Administrator, desk: TheDesk) -> ServiceLevelsView:
    """What the account promises (X10), and what portals do of their own."""
    return levels_view(*await desk.show(admin))


@router.put("/{portal_id}")
@fails(AdministratorsOnly, PortalNotFound)
async def set_service_level(
    portal_id: PortalId, level: LevelBody, admin: Administrator, desk: TheDesk
) -> LevelView:
    """Set what is promised; the open cases that it concerns are counted anew, as `recount` tells."""
    return level_view(await desk.change(admin, _key(portal_id), policy_of(level)))


@router.delete("/{portal_id}", status_code=204)
@fails(AdministratorsOnly, PortalNotFound)
async def remove_service_level(portal_id: PortalId, admin: Administrator, desk: TheDesk) -> None:
    """Promise nothing of its own any more: a portal promises what the account does, the account nothing."""
    await desk.change(admin, _key(portal_id), None)


@router.post("/preview")
@fails(AdministratorsOnly)
async def preview_service_level(
    level: LevelBody,
    admin: Administrator,  # noqa: ARG001 - who asks must be one
    desk: TheDesk,
) -> PreviewView:
    """When a case that came in now would be due under a candidate."""
    return preview_view(desk.preview(policy_of(level)))


@router.post("/{portal_id}/trial")
@fails(AdministratorsOnly, PortalNotFound, CursorInvalid)
async def try_service_level(
    portal_id: PortalId, wanted: SlaTrialBody, admin: Administrator, desk: TheDesk
) -> SlaTrialView:
    """What the last thirty days would have been under a candidate, beside what is in force (N9). It changes nothing."""
    policy = policy_of(wanted.level)
    return trial_view(await desk.try_out(admin, _key(portal_id), policy, wanted.after))


def _key(portal_id: str) -> str:
    return DEFAULT if portal_id == EVERYWHERE else portal_id
