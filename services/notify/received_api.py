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
from services.notify.receiving import ReceivedUnknown, Receiving

router = APIRouter(prefix="/api/notify", tags=["notify"])

_SAFE: Final = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
}


def _receiving(request: Request) -> Receiving:
    receiving: Receiving = request.app.state.receiving
    return receiving


Technician = Annotated[Identity, Depends(staff("conversations:read"))]
TheReceiving = Annotated[Receiving, Depends(_receiving)]


@router.get("/cases/{case_id}/received")
async def list_received(
    case_id: str, technician: Technician, receiving: TheReceiving
) -> ReceivedList:
    """The mails that came into a case; none for a case that the technician may not see."""
    return received_view(await receiving.of_case(technician, case_id))


@router.get("/received/{mail_id}/original", response_class=Response)
@fails(ReceivedUnknown)
async def download_original(
    mail_id: str, technician: Technician, receiving: TheReceiving
) -> Response:
    """A mail as it came, with everything that hangs on it (`message/rfc822`)."""
    raw = await receiving.original(technician, mail_id)
    return _file(raw, "message/rfc822", f"{mail_id}.eml")


@router.get("/received/{mail_id}/attachments/{place}", response_class=Response)
@fails(ReceivedUnknown)
async def download_attachment(
    mail_id: str, place: int, technician: Technician, receiving: TheReceiving
) -> Response:
    """An attachment, counted from 0 in the order in which the mail has them."""
    name, content = await receiving.attachment(technician, mail_id, place)
    return _file(content, "application/octet-stream", name or f"attachment-{place + 1}")


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, headers={**_SAFE, "content-disposition": disposition}, media_type=kind)
