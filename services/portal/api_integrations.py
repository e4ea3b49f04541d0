"""The REST interface of the audit log and of API keys. It translates and calls; no rule lives here."""

from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from chassis.admits import current_technician, staff
from chassis.describing import fails
from chassis.errors import NotFound
from chassis.tokens import AdministratorsOnly, Identity
from contracts.envelope import Id
from services.portal import handlers
from services.portal.desk import Desk
from services.portal.export import csv_lines, json_lines
from services.portal.schemas_integrations import (
    ApiKeyCreated,
    ApiKeys,
    ApiKeyShown,
    AuditList,
    AuditQuery,
    ExportForm,
    ExportQuery,
    NewApiKey,
    audit_view,
    key_view,
)

MEDIA: Final[Mapping[ExportForm, str]] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
}

router = APIRouter(prefix="/api/portal", tags=["portal"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


WithDesk = Annotated[Desk, Depends(_desk)]
Administrator = Annotated[Identity, Depends(staff("administer"))]
Person = Annotated[Identity, Depends(current_technician)]
"""Which technicians are administrators, the use case decides by their rights of now."""
Auditor = Annotated[Identity, Depends(staff("audit:read"))]


# ---- API keys ------------------------------------------------------------------------------------


@router.get("/api-keys")
@fails(AdministratorsOnly)
async def list_api_keys(identity: Administrator, desk: WithDesk) -> ApiKeys:
    """The account's API keys, the newest first, without their secrets; for administrators."""
    found = await handlers.list_api_keys(desk, identity)
    return ApiKeys(keys=[key_view(key) for key in found])


@router.post("/api-keys", status_code=201)
@fails(AdministratorsOnly)
async def create_api_key(wanted: NewApiKey, identity: Person, desk: WithDesk) -> ApiKeyCreated:
    """Create an API key; its secret is in this answer and nowhere else. For administrators in person."""
    created = await handlers.create_api_key(desk, identity, wanted)
    return ApiKeyCreated(key=key_view(created.key), secret=created.secret)


@router.post("/api-keys/{key_id}/revoke")
@fails(AdministratorsOnly, NotFound)
async def revoke_api_key(key_id: Id, identity: Administrator, desk: WithDesk) -> ApiKeyShown:
    """Close an API key for ever, at once; again changes nothing. For administrators."""
    return key_view(await handlers.revoke_api_key(desk, identity, key_id))


# ---- the audit log -------------------------------------------------------------------------------


@router.get("/audit")
@fails(AdministratorsOnly)
async def read_audit(
    identity: Auditor,
    desk: WithDesk,
    wanted: Annotated[AuditQuery, Query()],
) -> AuditList:
    """Who did what, when and from where, newest first; for administrators (X15)."""
    return audit_view(
        await handlers.read_audit(desk, identity, wanted.filter(), wanted.after, wanted.limit)
    )


@router.get(
    "/audit/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind in MEDIA.values()}}},
)
@fails(AdministratorsOnly)
async def export_audit(
    identity: Auditor,
    desk: WithDesk,
    wanted: Annotated[ExportQuery, Query()],
) -> StreamingResponse:
    """All of the audit log that matches, as a file, newest first; for administrators (X15)."""
    entries = await handlers.export_audit(desk, identity, wanted.filter(), wanted.form)
    form = wanted.form
    lines: AsyncIterator[str] = csv_lines(entries) if form == "csv" else json_lines(entries)
    headers = {
        "content-disposition": f'attachment; filename="audit-log.{form}"',
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
    }
    return StreamingResponse(lines, media_type=MEDIA[form], headers=headers)
