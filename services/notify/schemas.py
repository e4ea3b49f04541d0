"""What the REST interface of notify says: times in ISO 8601 with `Z`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from contracts.notify import MailKind
from services.notify.domain import Mail, MailState

Reason = Annotated[
    str,
    Field(
        description="the mail server's three-digit answer, or a short code; empty while nothing is wrong"
    ),
]


class MailView(BaseModel):
    """A mail as the delivery ledger has it.

    `accepted` is said only once the mail server has taken it over; `waiting` means that it is tried
    again later; `unknown`, that the connection broke after the content, and it is not sent again.
    """

    mail_id: str
    kind: MailKind
    state: MailState
    reason: Reason
    attempts: int
    recipient: str
    requested_at: datetime
    changed_at: datetime


class MailList(BaseModel):
    """The mails of a case, the first requested first."""

    mails: list[MailView]


def view(mail: Mail) -> MailView:
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
    )


def list_view(mails: Iterable[Mail]) -> MailList:
    """The mails of a case as they are shown."""
    return MailList(mails=[view(mail) for mail in mails])
