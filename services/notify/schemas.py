"""What the REST interface of notify says: times in ISO 8601 with `Z`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from contracts.notify import Routed, RoutedReason
from services.notify.domain import AlertKind, Decision, LedgerKind, Mail, MailState
from services.notify.handlers import People

Reason = Annotated[
    str,
    Field(
        description="the mail server's three-digit answer, or a short code; empty while nothing is wrong"
    ),
]


class AskedBy(BaseModel):
    """Who asked for a mail: a customer, or a technician with their name of today, empty for one whom nobody knows any more."""

    kind: Literal["customer", "technician"]
    id: str | None
    name: str


class MailView(BaseModel):
    """A mail as the delivery ledger has it.

    `accepted` is said only once the mail server has taken it over; `waiting` means that it is tried
    again later; `unknown`, that the connection broke after the content, and it is not sent again.
    """

    mail_id: str
    kind: LedgerKind
    state: MailState
    reason: Reason
    attempts: int
    recipient: str
    requested_at: datetime
    changed_at: datetime
    asked_by: AskedBy | None
    """Null where the desk writes of its own accord, and for customers."""


class MailList(BaseModel):
    """The mails of a case, the first requested first."""

    mails: list[MailView]


class Considered(BaseModel):
    """A technician who might have been told; the name is empty for one whom the directory no longer knows."""

    id: str
    name: str
    told: bool
    reason: RoutedReason
    mailed: bool
    """Whether they were told by mail."""


class AlertView(BaseModel):
    """One decision on whom to tell: that a case waits, at first or again, or how its service level stands.

    `promise` says which promise of the service level it was about; `because` why nobody was considered:
    `muted` or `spam`. Both are empty otherwise.
    """

    alert: AlertKind
    decided_at: datetime
    promise: str
    because: str
    considered: list[Considered]


class AlertList(BaseModel):
    """The decisions on a case, the first one first."""

    alerts: list[AlertView]


def alerts_view(decisions: Iterable[Decision], people: People) -> AlertList:
    """The decisions as they are shown, with the names of today."""
    return AlertList(
        alerts=[
            AlertView(
                alert=decision.alert,
                decided_at=decision.decided_at,
                promise=decision.promise,
                because=decision.because,
                considered=[_considered(routed, people) for routed in decision.considered],
            )
            for decision in decisions
        ]
    )


def _considered(routed: Routed, people: People) -> Considered:
    known = people.technician(routed.technician_id)
    return Considered(
        id=routed.technician_id,
        name=known.name if known else "",
        told=routed.told,
        reason=routed.reason,
        mailed=routed.mailed,
    )


def view(mail: Mail, people: People) -> MailView:
    """A mail as it is shown."""
    return MailView(
        mail_id=mail.id,
        kind=mail.kind,
        state=mail.state,
        reason=mail.reason,
        attempts=mail.attempts,
        recipient=mail.recipient,
        requested_at=mail.requested_at,
        changed_at=mail.changed_at,
        asked_by=_asked_by(mail, people),
    )


def _asked_by(mail: Mail, people: People) -> AskedBy | None:
    if mail.asked_kind is None:
        return None
    known = people.technician(mail.asked_id) if mail.asked_id else None
    return AskedBy(kind=mail.asked_kind, id=mail.asked_id, name=known.name if known else "")


def list_view(mails: Iterable[Mail], people: People) -> MailList:
    """The mails of a case as they are shown."""
    return MailList(mails=[view(mail, people) for mail in mails])
