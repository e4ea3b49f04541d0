"""What cases says: the life of a case, each event with the whole of its present state."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.chat import Visitor
from contracts.envelope import Audience, Id, Message, Part, Personal


class CaseState(Part):
    """A case as its owner has it after this event, without anything personal.

    `version` counts every change; `state_version` only those of state and assignee, so that a
    technician's decision is not outdated by the customer's next message.
    """

    number: int = Field(ge=1)
    case_type: Literal["live_chat"]
    live: bool
    state: Literal["unassigned", "assigned", "resolved"]
    state_version: int = Field(ge=1)
    assignee_id: Id | None
    portal_id: Id
    portal_address: str
    created_at: AwareDatetime
    assigned_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    resolved_at: AwareDatetime | None
    changed_by: Id | None
    """The technician behind the last change of state; absent when a customer or the desk itself made it."""


class ProblemLine(Part):
    """One of the customer's first messages, as the details pane shows it."""

    text: str
    time: AwareDatetime


class CaseText(Part):
    """What a case says of its customer and their problem."""

    customer: Visitor
    preview: str
    problem: tuple[ProblemLine, ...]


class CaseChanged(Message):
    """An event of a case. `aggregate_version` is the version that the case has after it."""

    audience: ClassVar[Audience] = "staff"

    company_id: Id
    conversation_id: Id
    after_seq: int = Field(ge=0)
    """The position in the conversation that this event stands behind; 0 where it precedes every entry."""
    case: CaseState
    text: Personal[CaseText]


class CaseOpened(CaseChanged):
    """A customer's conversation became a case, unassigned."""

    type: Literal["case.opened"] = "case.opened"


class CaseDescribed(CaseChanged):
    """The customer's first messages were added to the problem."""

    type: Literal["case.described"] = "case.described"


class CaseAssigned(CaseChanged):
    """A technician took the case."""

    type: Literal["case.assigned"] = "case.assigned"
    technician_id: Id


class CaseResolved(CaseChanged):
    """A technician resolved the case."""

    type: Literal["case.resolved"] = "case.resolved"
    technician_id: Id


class CaseReopened(CaseChanged):
    """A resolved case was opened again: by a technician, who has it now, or by a message of its customer."""

    type: Literal["case.reopened"] = "case.reopened"
    technician_id: Id | None


class CaseChatEnded(CaseChanged):
    """The live chat of the case ended; the case stays in its state (S30)."""

    type: Literal["case.chat_ended"] = "case.chat_ended"
