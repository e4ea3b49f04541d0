"""What cases says: the life of a case, each event with the whole of its present state."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.chat import Visitor
from contracts.envelope import Audience, Id, Message, Origin, Part, Personal

Priority = Literal["low", "normal", "high", "urgent"]


class SlaClock(Part):
    """One promise of the service level, as it stands for a case (X10).

    It counts working time: `used` is what was used of it before `running_since`. A clock that stands still
    has no `due_at`; one that is met keeps what became of it until it begins anew.
    """

    kind: str
    """`first_response`, `next_response` or `resolution`."""
    used: int = Field(default=0, ge=0)
    """Seconds within office hours."""
    running_since: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    warned_at: AwareDatetime | None = None
    breached_at: AwareDatetime | None = None
    met_at: AwareDatetime | None = None


class CaseState(Part):
    """A case as its owner has it after this event, without anything personal.

    `version` counts every change; `state_version` only those of state and assignee, so that a
    technician's decision is not outdated by the customer's next message.
    """

    number: int = Field(ge=1)
    case_type: Literal["live_chat", "request", "email", "call"]
    live: bool
    state: Literal["pending", "unassigned", "assigned", "snoozed", "resolved"]
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
    snoozed_until: AwareDatetime | None = None
    """When a snoozed case wakes by itself; absent where it waits for the customer's next reply."""
    labels: tuple[Id, ...] = ()
    flagged: bool = False
    priority: Priority = "normal"
    muted: bool = False
    """Whether it alerts nobody any more (S52)."""
    spam: bool = False
    contact_id: Id | None = None
    """The contact whose address its customer has given."""
    contact_verified: bool = False
    """Whether somebody made sure that it is them; an address that was only typed proves nothing (S19)."""
    refers_to: Id | None = None
    """The case whose conversation it was made from, or split off."""
    refers_from: Id | None = None
    """The message of that conversation from which on it was split off; absent where it refers to the whole."""
    merged_into: Id | None = None
    """The case that it was merged into: it goes on there."""
    merged: tuple[Id, ...] = ()
    """The cases that were merged into it, in that order."""
    customer_at: AwareDatetime | None = None
    """When the customer last wrote."""
    waiting_since: AwareDatetime | None = None
    """Since when the customer waits for an answer: the time of their first message that has none."""
    unanswered: int = Field(default=0, ge=0)
    """How many of the customer's messages came after the last answer."""
    followed_up: bool = False
    """Whether the desk has had the last word: a technician answered, and the customer has not written since (S44)."""
    updated_at: AwareDatetime | None = None
    """When anything about it changed last."""
    sla_due_at: AwareDatetime | None = None
    """When the first promise of the service level falls due, or fell; absent while no clock of it runs."""
    sla_kind: str = ""
    """Which promise that is: `first_response`, `next_response` or `resolution`; empty where there is none."""
    sla_warned_at: AwareDatetime | None = None
    sla_breached_at: AwareDatetime | None = None
    sla_clocks: tuple[SlaClock, ...] = ()


class ProblemLine(Part):
    """One of the customer's first messages, as the details pane shows it."""

    text: str
    time: AwareDatetime
    message_id: Id | None = None
    """The message of the conversation that it was; absent when it never was one, as a request's question."""


class CaseText(Part):
    """What a case says of its customer and their problem."""

    customer: Visitor
    preview: str
    problem: tuple[ProblemLine, ...]
    locale: str
    """The customer's language, in which mails to them are written."""
    rating_comment: str = ""
    title: str = ""
    """What technicians call it; empty where nobody has named it."""


class Through(Part):
    """The macro or the rule by which something was done to a case, so that it need not be said of each change anew."""

    kind: str
    """`macro` or `rule`."""
    id: Id
    name: str
    """What the desk's people called it at that time."""
    chain: tuple[Id, ...] = ()
    """The rules that led here one by another, the one that acted last: none of them acts on it again."""


class Did(Part):
    """One action of a macro or a rule."""

    action: str
    """What was to be done, by its word in the vocabulary of actions: `label`, `resolve`, ..."""
    code: str = ""
    """Why it could not be done, as the code of an error; empty when it was."""


class Held(Part):
    """A condition of a rule that held, with what it asked for."""

    what: str
    values: tuple[str, ...] = ()
    negated: bool = False


class CaseChanged(Message):
    """An event of a case. `aggregate_version` is the version that the case has after it."""

    audience: ClassVar[Audience] = "staff"

    company_id: Id
    conversation_id: Id
    after_seq: int = Field(ge=0)
    """The position in the conversation that this event stands behind; 0 where it precedes every entry."""
    case: CaseState
    text: Personal[CaseText]
    through: Through | None = None
    """The macro or rule that made this change; absent where somebody or something did so by itself."""
    routing: bool = False
    """The case waits from now on, and the desk decides by itself who gets it: `case.routed` follows."""


class CaseOpened(CaseChanged):
    """A customer's conversation or request became a case: unassigned, or pending while the bot asks."""

    type: Literal["case.opened"] = "case.opened"


class CaseDescribed(CaseChanged):
    """The customer's first messages were added to the problem, or one of them was deleted."""

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
    """A technician has the case that waited for one: they took it, or somebody or a rule gave it to them."""

    type: Literal["case.assigned"] = "case.assigned"
    technician_id: Id


class CaseResolved(CaseChanged):
    """A technician resolved the case; a rule, where there is none."""

    type: Literal["case.resolved"] = "case.resolved"
    technician_id: Id | None
    origin: Origin | None = None
    """Where a live chat ends by it: the end is told by its conversation, and noted as done from here."""


class CaseReopened(CaseChanged):
    """A resolved case was opened again: by a technician, who has it now, or by a message of its customer."""

    type: Literal["case.reopened"] = "case.reopened"
    technician_id: Id | None


class CaseChatEnded(CaseChanged):
    """The live chat of the case ended; the case stays in its state (S30)."""

    type: Literal["case.chat_ended"] = "case.chat_ended"
    origin: Origin | None = None
    """As the conversation told it."""


class SurveyAnswered(CaseChanged):
    """The customer said how it was; the rating stands in the case, the comment in its text."""

    type: Literal["case.survey_answered"] = "case.survey_answered"


class CaseTransferred(CaseChanged):
    """A technician gave the case to a colleague, or back to the company's queue; a note may come before it."""

    type: Literal["case.transferred"] = "case.transferred"
    technician_id: Id | None
    """Who has it now; absent where it waits for one again."""
    from_id: Id | None
    """Who had it."""
    reason: str = ""
    """Why the desk took it from them by itself, as `away`; empty where somebody decided it."""


class Weighed(Part):
    """A technician with access to the company, as the desk weighed them for a case at that moment."""

    technician_id: Id
    verdict: str
    """`chosen`, `later` (could have had it, but others are before them), `not_available`, `at_capacity`, or
    `gave_back` (put the case back into the queue themselves)."""
    load: int
    """How many cases of the kind they had."""
    capacity: int
    """How many of the kind they take."""
    turn: int
    """Which of the account's automatic assignments was their last; 0 for none. The lowest is before the others."""


class CaseRouted(CaseChanged):
    """The desk decided by itself who gets a case that waits, or that nobody does (N3); `case.assigned` follows."""

    type: Literal["case.routed"] = "case.routed"
    technician_id: Id | None
    """Who gets it; absent where nobody could."""
    outcome: str
    """`assigned`, `no_access`, `none_available`, `at_capacity` or `gave_back`."""
    kind: str
    """What counts for the capacity: `chats` or `cases`."""
    considered: tuple[Weighed, ...]
    without_access: int
    """How many technicians of the account have no access to the company."""


class CasePending(CaseChanged):
    """A technician marked the case as pending: it is nobody's turn until the customer writes, or someone opens it."""

    type: Literal["case.pending"] = "case.pending"
    technician_id: Id | None


class CaseSnoozed(CaseChanged):
    """A technician put the case off: until `snoozed_until` of the case, or until its customer's next reply."""

    type: Literal["case.snoozed"] = "case.snoozed"
    technician_id: Id | None
    choice: str = ""
    """What was chosen: `reply`, `tomorrow`, `next_week` or `time`; empty in events of before it was told."""
    zone: str = ""
    """The time zone, by its IANA name, in which that is a day."""


class CaseWoken(CaseChanged):
    """A snoozed case is open again: its time has come, its customer wrote, or a technician opened it."""

    type: Literal["case.woken"] = "case.woken"
    reason: Literal["due", "reply", "technician"]
    technician_id: Id | None


class CaseLabelled(CaseChanged):
    """Labels were put on the case, or taken off."""

    type: Literal["case.labelled"] = "case.labelled"
    technician_id: Id | None
    added: tuple[Id, ...]
    removed: tuple[Id, ...]


class CaseEdited(CaseChanged):
    """A technician changed what the case is called, its priority, its flag, or whether it alerts."""

    type: Literal["case.edited"] = "case.edited"
    technician_id: Id | None
    fields: tuple[Literal["title", "priority", "flagged", "muted", "spam"], ...]


class CaseNoted(CaseChanged):
    """A technician wrote a private note. It stands behind `after_seq`, and no customer ever sees it."""

    type: Literal["case.noted"] = "case.noted"
    note_id: Id
    technician_id: Id
    mentions: tuple[Id, ...]
    """The technicians whom the note calls."""
    note: Personal[str]


class CaseHeard(CaseChanged):
    """The customer wrote again; how long they wait, and how often they wrote, stands in the case."""

    type: Literal["case.heard"] = "case.heard"


class CaseAnswered(CaseChanged):
    """A technician answered: the customer waits no more."""

    # What is said in a conversation stands there, under its author's name, and need not be said twice.
    audited: ClassVar[bool] = False

    type: Literal["case.answered"] = "case.answered"
    technician_id: Id | None


class CaseRestored(CaseChanged):
    """A technician took back what they had done before anybody did something else: the state before it holds."""

    type: Literal["case.restored"] = "case.restored"
    technician_id: Id
    undone: int = Field(ge=1)
    """The `aggregate_version` of the event that was taken back."""
    fields: tuple[str, ...] = ()
    """Of the case, those that have their former values again; empty in events of before this was told."""


class CaseMacroApplied(CaseChanged):
    """A technician applied a macro. It stands behind the changes that the macro made, all of them or none."""

    type: Literal["case.macro_applied"] = "case.macro_applied"
    technician_id: Id
    macro_id: Id
    since: int = Field(ge=1)
    """The version that the case had before, to which an undo goes back."""
    did: tuple[Did, ...]


class CaseRuled(CaseChanged):
    """A rule ran. It stands behind the changes that it made; where one could not be made, none was."""

    # Nobody of the staff does it; that they made the rule is noted.
    audited: ClassVar[bool] = False

    type: Literal["case.ruled"] = "case.ruled"
    rule_id: Id
    trigger: str
    """What set it off, by the rule's own word for it."""
    held: tuple[Held, ...] = ()
    did: tuple[Did, ...]
    code: str = ""
    """Why it did nothing, as the code of an error; empty when it did what it says."""
