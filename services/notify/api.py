"""The REST interface of notify: what became of mails. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.tokens import Identity, current_identity, current_technician
from services.notify.handlers import Mails
from services.notify.schemas import MailList, MailView, list_view, view

router = APIRouter(prefix="/api/notify", tags=["notify"])


def _mails(request: Request) -> Mails:
    mails: Mails = request.app.state.mails
    return mails


TheMails = Annotated[Mails, Depends(_mails)]


@router.get("/mails/{mail_id}")
async def show_mail(
    mail_id: str, viewer: Annotated[Identity, Depends(current_identity)], mails: TheMails
) -> MailView:
    """One mail: for technicians with access to its company, and for the customer of its case."""
    return view(await mails.show(viewer, mail_id))


@router.get("/cases/{case_id}/mails")
async def list_mails(
    case_id: str, technician: Annotated[Identity, Depends(current_technician)], mails: TheMails
) -> MailList:
    """Every mail about a case; none for a case that the technician may not see."""
    return list_view(await mails.of_case(technician, case_id))
