"""What the REST interface says of mails that came in: times in ISO 8601 with `Z`, sizes in bytes."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel

from services.notify.received_store import Received


class AttachmentView(BaseModel):
    """A file that hangs on a mail; `name` is what the mail calls it, perhaps nothing."""

    name: str
    content_type: str
    size: int


class ReceivedView(BaseModel):
    """A mail that came into a case. `name` and `address` are what stands under From, which proves nothing."""

    mail_id: str
    received_at: datetime
    opens: bool
    """Whether its case began with it."""
    automatic: bool
    """Whether a machine wrote it."""
    name: str
    address: str
    subject: str
    size: int
    attachments: list[AttachmentView]


class ReceivedList(BaseModel):
    """The mails of a case, the first received first."""

    received: list[ReceivedView]


def received_view(mails: Iterable[Received]) -> ReceivedList:
    """The mails as they are shown."""
    return ReceivedList(received=[_view(mail) for mail in mails])


def _view(mail: Received) -> ReceivedView:
    return ReceivedView(
        mail_id=mail.id,
        received_at=mail.received_at,
        opens=mail.opens,
        automatic=mail.automatic,
        name=mail.name,
        address=mail.address,
        subject=mail.subject,
        size=mail.size,
        attachments=[
            AttachmentView(name=it.name, content_type=it.content_type, size=it.size)
            for it in mail.attachments
        ],
    )
