"""What erases a case for good: that it was deleted, the request to every service, and their answers.

None of it holds anything personal, because it has to be readable once the key of the case is gone.
"""

from typing import ClassVar, Literal

from pydantic import Field

from contracts.envelope import Audience, Id, Message, Part


class CaseDeleted(Message):
    """An administrator deleted the case: nobody sees it any more, and nothing else will be said of it."""

    audience: ClassVar[Audience] = "staff"
    survives_erasure: ClassVar[bool] = True

    type: Literal["case.deleted"] = "case.deleted"
    company_id: Id
    conversation_id: Id
    number: int = Field(ge=1)
    technician_id: Id


class ErasureRequested(Message):
    """Every service is to destroy the key of the case, purge what it holds of it, and answer.

    It is sent again, as another attempt, while answers are missing, and once more when all are there:
    the second look finds what was on its way during the first.
    """

    survives_erasure: ClassVar[bool] = True

    type: Literal["erasure.requested"] = "erasure.requested"
    company_id: Id
    conversation_id: Id
    attempt: int = Field(ge=1)


class StorePurged(Part):
    """What became of one store of a service. `store` is a name of the service's own."""

    store: str
    removed: int = Field(ge=0)
    """How many documents, or files, this attempt removed."""
    failed: str = ""
    """A short code of why it could not be purged now; empty once it was."""


class ErasureAnswered(Message):
    """What a service has purged of a case, store by store."""

    survives_erasure: ClassVar[bool] = True

    type: Literal["erasure.answered"] = "erasure.answered"
    company_id: Id
    conversation_id: Id
    service: str
    attempt: int = Field(ge=1)
    stores: tuple[StorePurged, ...]
