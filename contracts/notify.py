"""What notify says and what it can be told: alerts with the facts behind them, and mails."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import Audience, Id, Message, Part, Personal

RoutedReason = Literal[
    "available", "not_available", "not_active", "no_access", "assignee", "not_assignee"
]


class Routed(Part):
    """One technician considered for an alert, and the reason why they were told or not."""

    technician_id: Id
    told: bool
    reason: RoutedReason
    mailed: bool = False
    """Whether they are told by mail."""


class AboutCase(Message):
    """What technicians are told of a case."""

    audience: ClassVar[Audience] = "staff"

    company_id: Id
    conversation_id: Id


class AlertRaised(AboutCase):
    """Technicians are told at once, by sound and red dot, that something waits for them."""

    type: Literal["alert.raised"] = "alert.raised"
    alert: Literal["waiting", "waiting_again"]
    number: int
    told: tuple[Id, ...]
    considered: tuple[Routed, ...]


class AlertEscalated(AboutCase):
    """A live chat rang as often as it can and nobody came: technicians are told by mail (X4)."""

    type: Literal["alert.escalated"] = "alert.escalated"
    alert: Literal["escalated"] = "escalated"
    number: int
    told: tuple[Id, ...]
    considered: tuple[Routed, ...]


class SlaAlerted(AboutCase):
    """A promise of the service level falls due soon, or was not kept: whom it concerns is told (X10).

    All who are told find it in their notification inbox, some are mailed as well.
    """

    type: Literal["alert.sla"] = "alert.sla"
    alert: str
    """`sla_warned` or `sla_breached`."""
    promise: str
    """`first_response`, `next_response` or `resolution`."""
    due_at: AwareDatetime
    number: int
    told: tuple[Id, ...]
    considered: tuple[Routed, ...]
    because: str = ""
    """Why nobody was considered at all: `muted` or `spam`; empty otherwise."""


class MailContent(Part):
    """A mail as it will be read: every part in the reader's language already."""

    subject: str
    text: str
    html: str


MailKind = Literal["acknowledgement", "transcript", "survey"]


class SendMail(Message):
    """A request to mail something about a case. The same `mail_id` again is the same mail."""

    type: Literal["mail.send"] = "mail.send"
    company_id: Id
    conversation_id: Id
    mail_id: Id
    kind: MailKind
    recipient: Personal[str]
    content: Personal[MailContent]


class MailTold(AboutCase):
    """How a mail stands: to a customer, or to a technician."""

    mail_id: Id
    kind: str
    state: Literal["requested", "sending", "waiting", "accepted", "failed", "unknown"]
    attempts: int = Field(ge=0)
    reason: str
    """The mail server's three-digit answer or a short code of ours; empty while nothing is wrong."""
    recipient: Personal[str]


class MailChanged(MailTold):
    """What became of a mail. `accepted` is said only once the mail server has taken it over.

    `sending` means that it is being handed over; `waiting`, that it is tried again later; `unknown`,
    that the connection broke after the data: it may have arrived, and is not sent again.
    """

    type: Literal["mail.changed"] = "mail.changed"
    kind: MailKind


class InboxChanged(AboutCase):
    """A technician's notification inbox has a new line, or one says more than before; its text is asked for.

    `kind` is a short code (`mentioned`, `assigned`, `transferred`, `woken`, `reopened`, and later ones);
    empty for a line that is no more.
    """

    type: Literal["inbox.changed"] = "inbox.changed"
    technician_id: Id
    entry_id: Id
    kind: str


class StaffMailChanged(MailTold):
    """The same of a mail to a technician: its `kind` is an open word, such as `escalation`."""

    type: Literal["mail.staff_changed"] = "mail.staff_changed"
