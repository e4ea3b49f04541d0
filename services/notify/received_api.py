"""The REST interface of mails that came in. It translates and calls; no rule lives here.

What strangers sent is given out as a file to keep, never as a page: nothing of it runs under our address.
"""

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import Identity
from services.notify.received_schemas import ReceivedList, received_view
from services.notify.received_shelf import ReceivedShelf, ReceivedUnknown

router = APIRouter(prefix="/api/notify", tags=["notify"])

_SAFE: Final = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
}


def _shelf(request: Request) -> ReceivedShelf:
    shelf: ReceivedShelf = request.app.state.received_shelf
    return shelf


Technician = Annotated[Identity, Depends(staff("conversations:read"))]
TheShelf = Annotated[ReceivedShelf, Depends(_shelf)]


@router.get("/cases/{case_id}/received")
async def list_received(case_id: str, technician: Technician, shelf: TheShelf) -> ReceivedList:
    """The mails that came into a case; none for a case that the technician may not see."""
    return received_view(await shelf.of_case(technician, case_id))


@router.get("/received/{mail_id}/original", response_class=Response)
@fails(ReceivedUnknown)
async def download_original(mail_id: str, technician: Technician, shelf: TheShelf) -> Response:
    """A mail as it came, with everything that hangs on it (`message/rfc822`)."""
    raw = await shelf.original(technician, mail_id)
    return _file(raw, "message/rfc822", f"{mail_id}.eml")


@router.get("/received/{mail_id}/attachments/{place}", response_class=Response)
@fails(ReceivedUnknown)
async def download_attachment(
    mail_id: str, place: int, technician: Technician, shelf: TheShelf
) -> Response:
    """An attachment, counted from 0 in the order in which the mail has them."""
    name, content = await shelf.attachment(technician, mail_id, place)
    return _file(content, "application/octet-stream", name or f"attachment-{place + 1}")


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, headers={**_SAFE, "content-disposition": disposition}, media_type=kind)
