"""The REST interface of notify: who was told of a case, and what became of mails. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from chassis.admits import person, staff
from chassis.describing import fails
from chassis.tokens import Identity
from services.notify.handlers import Alerts, Mails, MailUnknown
from services.notify.schemas import AlertList, MailList, MailView, alerts_view, list_view, view

router = APIRouter(prefix="/api/notify", tags=["notify"])


def _mails(request: Request) -> Mails:
    mails: Mails = request.app.state.mails
    return mails


def _alerts(request: Request) -> Alerts:
    alerts: Alerts = request.app.state.alerts
    return alerts


Viewer = Annotated[Identity, Depends(person("notifications:read"))]
Technician = Annotated[Identity, Depends(staff("notifications:read"))]
TheAlerts = Annotated[Alerts, Depends(_alerts)]
TheMails = Annotated[Mails, Depends(_mails)]


@router.get("/mails/{mail_id}")
@fails(MailUnknown)
async def show_mail(mail_id: str, viewer: Viewer, mails: TheMails) -> MailView:
    """One mail: for technicians with access to its company, and for the customer of its case."""
    return view(await mails.show(viewer, mail_id), mails.people)


@router.get("/cases/{case_id}/mails")
async def list_mails(case_id: str, technician: Technician, mails: TheMails) -> MailList:
    """Every mail about a case; none for a case that the technician may not see."""
    return list_view(await mails.of_case(technician, case_id), mails.people)


@router.get("/cases/{case_id}/alerts")
async def list_alerts(case_id: str, technician: Technician, alerts: TheAlerts) -> AlertList:
    """Who was told of a case that waits, who was not, and why (N3); none for a case out of reach."""
    return alerts_view(await alerts.of_case(technician, case_id), alerts.people)
