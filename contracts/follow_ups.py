"""Mails that technicians write to customers: what cases says of them, and what notify says became of them."""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.cases import CaseChanged
from contracts.envelope import Audience, Id, Message, Personal


class CaseFollowedUp(CaseChanged):
    """A technician wrote a mail to the customer. Notify sends it, once, under its `mail_id`."""

    type: Literal["case.followed_up"] = "case.followed_up"
    mail_id: Id
    technician_id: Id
    recipient: Personal[str]
    subject: Personal[str]
    body: Personal[str]
    """What was written, without the greeting and the footer that the mail has around it."""


class CaseFollowUpChanged(CaseChanged):
    """What became of a mail to the customer, each state once.

    `waiting` (it is tried again), `accepted` (a mail server has taken it over), `failed` (it was refused, or came
    back later), `unknown` (it may have arrived, and is not sent again); later ones may follow.
    """

    type: Literal["case.follow_up_changed"] = "case.follow_up_changed"
    mail_id: Id
    technician_id: Id | None
    """Who wrote it."""
    state: str
    reason: str
    """The mail server's three-digit answer or a short code; empty while nothing is wrong."""


class FollowUpChanged(Message):
    """What became of a follow-up mail, as `mail.changed` tells it of mails that the desk writes by itself."""

    audience: ClassVar[Audience] = "staff"

    type: Literal["mail.follow_up_changed"] = "mail.follow_up_changed"
    company_id: Id
    conversation_id: Id
    mail_id: Id
    state: str
    """`requested`, `sending`, `waiting`, `accepted`, `failed` or `unknown`."""
    attempts: int = Field(ge=0)
    reason: str
