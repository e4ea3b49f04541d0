"""What the audit log is told: who did what, to what, and from where.

It holds staff data and ids, never a customer's data, so that it outlives the case it speaks of.
"""

from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import Id, Message, Part


class AuditDetail(Part):
    """One fact about what was done, by a stable name: an id, a number or a word, never what a customer wrote."""

    name: str
    value: str
    before: str | None = None
    """What it was until then; absent where nothing of it changed, or nothing was before."""


class AuditNoted(Message):
    """A technician, or a program with an API key, did something. The actor of the envelope is who.

    It is written by the transaction that does it. The key is the actor's id, so that what one person
    did is read in its order.
    """

    type: Literal["audit.noted"] = "audit.noted"
    action: str
    """What was done, as a stable code: the type of the event that tells of it, or a name such as `transcript.downloaded`."""
    case_id: Id | None = None
    """The case it concerns. No `conversation_id`: what was done stays said when the case is erased."""
    subject_id: Id | None = None
    """What it was done to, when that is no case."""
    details: tuple[AuditDetail, ...] = ()
    address: str = ""
    """The network address it came from; empty when no request caused it."""
    user_agent: str = ""


class ApiKeyUsed(Message):
    """How often an API key was used at one service since that service last said so."""

    type: Literal["api_key.used"] = "api_key.used"
    api_key_id: Id
    count: int = Field(ge=1)
    last_at: AwareDatetime
    address: str = ""
