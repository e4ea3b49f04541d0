"""Nobody comes to a live chat although it rang (X4): who is told by another way, by mail; pure rules.

Those are mailed who could come: the available technicians with access. Where there are none, everybody with
access is, because a customer sits there and somebody may come back. The decision stands in the ledger of
alerts as any other, each mail in the ledger of mails.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chassis.ids import derived_id
from contracts.notify import AlertEscalated, MailContent, Routed, SlaAlerted
from contracts.portal import TechnicianListed
from services.notify.alerting import filled
from services.notify.domain import StaffKind, Waiting, reason_of

ESCALATION: Final[StaffKind] = "escalation"
SERVICE_LEVEL: Final[StaffKind] = "service_level"


@dataclass(frozen=True, slots=True)
class StaffLetter:
    """A mail to a technician about a case, as the ledger takes it on."""

    id: str
    mail_id: str
    tenant: str
    company_id: str
    conversation_id: str
    recipient: str
    correlation_id: str
    content: MailContent
    kind: StaffKind = ESCALATION


def escalate(
    waiting: Waiting, technicians: Iterable[TechnicianListed], at: datetime, version: int
) -> AlertEscalated:
    """Whom the mail goes to, with everybody who was considered; it may be nobody."""
    reasons = [(person, reason_of(waiting, person)) for person in technicians]
    present = any(reason == "available" for _, reason in reasons)
    wanted = "available" if present else "not_available"
    considered = tuple(
        Routed(
            technician_id=person.technician_id,
            told=reason == wanted and bool(person.email),
            reason=reason,
            mailed=reason == wanted and bool(person.email),
        )
        for person, reason in reasons
    )
    alert_id = derived_id(waiting.alert_id, ESCALATION)
    return AlertEscalated(**filled(waiting.about, alert_id, at, version, considered))


def letter_to(
    person: TechnicianListed, alert: AlertEscalated | SlaAlerted, content: MailContent
) -> StaffLetter:
    """The one mail that a technician gets of an alert, however often it is decided."""
    return StaffLetter(
        id=alert.id,
        mail_id=derived_id(alert.id, person.technician_id),
        tenant=alert.tenant,
        company_id=alert.company_id,
        conversation_id=alert.conversation_id,
        recipient=person.email,
        correlation_id=alert.correlation_id,
        content=content,
        kind=ESCALATION if isinstance(alert, AlertEscalated) else SERVICE_LEVEL,
    )
