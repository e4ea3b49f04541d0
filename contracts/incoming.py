"""What is said of mails that come in: notify tells that one is here, cases what became of its case."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.cases import CaseChanged
from contracts.envelope import Audience, Id, Message, Part, Personal


class MailSender(Part):
    """Whom a mail names as its sender, which proves nothing. `name` is empty where there is only an address."""

    name: str
    address: str


class MailBody(Part):
    """A mail as it is read in its case; the whole of it, attachments included, is kept by notify."""

    sender: MailSender
    subject: str
    text: str
    """What was written, without the mail that it answers; the beginning of a very long one."""


class MailReceived(Message):
    """A mail was accepted, and is kept: it begins the case of `conversation_id`, or answers a mail about it."""

    audience: ClassVar[Audience] = "services"

    type: Literal["mail.received"] = "mail.received"
    company_id: Id
    conversation_id: Id
    mail_id: Id
    """The same however often the mail is delivered."""
    portal_id: Id | None
    """The portal whose address it was sent to; absent of an answer, which goes to the case alone."""
    opens: bool
    """Whether the case begins with it."""
    automatic: bool
    """Whether a machine wrote it, such as a note that somebody is away: it wakes nobody."""
    received_at: AwareDatetime
    locale: str
    """The language of the mails that its sender gets: what the mail says of itself, else the desk's."""
    mail: Personal[MailBody]


class CaseMailed(CaseChanged):
    """A mail came into the case: its customer wrote, or somebody else to whom their mail was passed on."""

    # Nobody of the staff does it.
    audited: ClassVar[bool] = False

    type: Literal["case.mailed"] = "case.mailed"
    mail_id: Id
    automatic: bool
    from_customer: bool
    """Whether it names the customer's address as its sender; else somebody should look who it is."""
    mail: Personal[MailBody]
