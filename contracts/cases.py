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
    case_type: Literal["live_chat", "request"]
    live: bool
    state: Literal["pending", "unassigned", "assigned", "resolved"]
    state_version: int = Field(ge=1)
    assignee_id: Id | None
    portal_id: Id
    portal_address: str
    created_at: AwareDatetime
    assigned_at: AwareDatetime | None
    requested_at: AwareDatetime | None
    """When the customer stopped waiting, or sent the request that it always was."""
    ended_at: AwareDatetime | None
    resolved_at: AwareDatetime | None
    rating: int | None = Field(ge=1, le=5)
    """What the customer answered to the survey after the last resolution."""
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
    locale: str
    """The customer's language, in which mails to them are written."""
    rating_comment: str = ""


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
    """A customer's conversation or request became a case: unassigned, or pending while the bot asks."""

    type: Literal["case.opened"] = "case.opened"


class CaseDescribed(CaseChanged):
    """The customer's first messages were added to the problem."""

    type: Literal["case.described"] = "case.described"


class CaseReady(CaseChanged):
    """The bot is done, or has waited long enough: the pending case is unassigned now."""

    type: Literal["case.ready"] = "case.ready"


class CaseContactChanged(CaseChanged):
    """The customer's email became known."""

    type: Literal["case.contact_changed"] = "case.contact_changed"


class CaseRequested(CaseChanged):
    """The live chat became a support request: the customer stopped waiting, or closed the page."""

    type: Literal["case.requested"] = "case.requested"
    reason: Literal["customer", "gone"]


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


class SurveyAnswered(CaseChanged):
    """The customer said how it was; the rating stands in the case, the comment in its text."""

    type: Literal["case.survey_answered"] = "case.survey_answered"
