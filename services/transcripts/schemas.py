"""What the REST interface of transcripts takes and answers."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from chassis.text import EmailAddress
from contracts.envelope import Id
from services.transcripts.domain import Addressee
from services.transcripts.handlers import Order, Wish
from services.transcripts.wording import UTC_ZONE, Language, is_zone

LAST_SEQ = 2**53 - 1
"""The largest whole number that JSON readers keep."""


def _zone(name: str) -> str:
    if not is_zone(name):
        raise PydanticCustomError("invalid", "There is no such time zone.")
    return name


TimeZone = Annotated[
    str,
    Field(max_length=64, description="the reader's zone, such as Europe/Berlin"),
    AfterValidator(_zone),
]
Through = Annotated[
    int,
    Field(
        ge=0,
        le=LAST_SEQ,
        description="`seq` of the last entry seen: nothing up to it may be missing",
    ),
]


class Reading(BaseModel):
    """How somebody wants to read."""

    locale: Language = "en"
    time_zone: TimeZone = UTC_ZONE
    through: Through = 0

    def wish(self) -> Wish:
        """The same for the use cases."""
        return Wish(self.locale, self.time_zone, self.through)


class MailRequest(Reading):
    """Whom the transcript shall be mailed to. `request_id` makes a repetition the same mail."""

    to: Addressee
    address: EmailAddress | None = None
    request_id: Id

    def order(self) -> Order:
        """The same for the use cases."""
        return Order(self.to, self.address, self.request_id)


class MailRequested(BaseModel):
    """The mail under way; notify tells what becomes of it."""

    mail_id: str
