"""What chat says: the conversation log, the signals beside it, and the epoch of the log."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import Audience, Id, Message, Origin, Part, Personal


class Visitor(Part):
    """The customer as they introduced themselves. `email` is empty where the portal does not insist on one."""

    first_name: str
    last_name: str
    email: str


class Device(Part):
    """What the customer's browser says of itself; every field is free text from outside."""

    user_agent: str = ""
    language: str = ""
    time_zone: str = ""
    screen: str = ""
    page: str = ""
    """Where the customer was when they came, without anything behind the path: the page around an embedded portal."""


class Author(Part):
    """Who wrote an entry. `name` stands in the sealed part of a message, never beside it."""

    kind: Literal["customer", "technician", "system"]
    id: Id | None = None


class ConversationEntry(Message):
    """An entry of the conversation log: its position in `chat-log` is its place in the conversation."""

    audience: ClassVar[Audience] = "everyone"

    company_id: Id
    conversation_id: Id
    author: Author


class ConversationOpened(ConversationEntry):
    """A customer was admitted and a live conversation began. It is the first entry of every conversation."""

    type: Literal["conversation.opened"] = "conversation.opened"
    portal_id: Id
    portal_address: str
    locale: str
    visitor: Personal[Visitor]
    device: Personal[Device]


class MessageSent(ConversationEntry):
    """A message was written. Its `id` is made from conversation, sender and `client_id`: a resend is the same."""

    type: Literal["conversation.message"] = "conversation.message"
    client_id: Id
    text: Personal[str]


class MessageDeleted(ConversationEntry):
    """A technician deleted a message that stands before it: "deleted by" is shown in place of its text.

    Its `id` is made from `message_id`, so a message is deleted once, by whoever did so first.
    """

    type: Literal["conversation.message_deleted"] = "conversation.message_deleted"
    message_id: Id
    customer_said_at: AwareDatetime | None = None
    """When it was written, if its author was the customer."""
    origin: Origin | None = None


class ConversationEnded(ConversationEntry):
    """The live conversation ended.

    A side left, the case was resolved, the customer stopped waiting (`request`), or nobody had joined
    and the customer's page was closed for longer than the portal's grace (`gone`).
    """

    type: Literal["conversation.ended"] = "conversation.ended"
    by: Literal["customer", "technician", "resolved", "request", "gone"]
    case_version: int | None = Field(default=None, ge=1)
    """As that of an activity, where the case ended it."""
    origin: Origin | None = None
    """Of a technician who ended it; nothing is told of where customers are."""


class ActivityNoted(ConversationEntry):
    """Something that happened to the case, told in the conversation as a code with parameters, never as text."""

    type: Literal["conversation.activity"] = "conversation.activity"
    code: Literal["joined", "taken", "resolved", "reopened", "transferred", "queued"]
    """`joined` is said of a live chat; of one that has ended, that somebody has `taken` its case.

    `transferred` names who has it now; `queued` says that it waits for somebody again.
    """
    technician_id: Id | None = None
    case_version: int = Field(ge=1)
    """The change of the case that it tells of. What the case did later stands behind it, whatever place it names."""


class BotSpoke(ConversationEntry):
    """An automatic message. The viewer's client writes it in the viewer's language from its code.

    A greeting has the portal's own words in `text` where it has any; the others never have.
    """

    type: Literal["conversation.bot"] = "conversation.bot"
    code: Literal["greeting", "ask_email", "ask_email_why", "email_thanks"]
    text: Personal[str]


class ContactGiven(ConversationEntry):
    """The customer told the bot their email address."""

    type: Literal["conversation.contact"] = "conversation.contact"
    client_id: Id
    email: Personal[str]


class Signal(Message):
    """Something of the moment, kept for a minute: whoever missed it needs it no more."""

    audience: ClassVar[Audience] = "everyone"

    company_id: Id
    conversation_id: Id
    author: Author


class TypingChanged(Signal):
    """Somebody began or stopped typing; a beginning holds for six seconds unless renewed."""

    type: Literal["signal.typing"] = "signal.typing"
    on: bool


class CursorMoved(Signal):
    """How far a participant has received and read a conversation, as positions of its log.

    The durable cursor is in chat's store; this tells the other participants at once.
    """

    type: Literal["signal.cursor"] = "signal.cursor"
    delivered: int = Field(ge=0)
    read: int = Field(ge=0)


class CaseLookedAt(Message):
    """A technician looks at a case, types a reply to it, or does so no more (`gone`).

    It is a lease of thirty seconds, which the relay with the technician's socket renews; each relay has its own.
    """

    audience: ClassVar[Audience] = "staff"

    type: Literal["signal.looking"] = "signal.looking"
    company_id: Id
    conversation_id: Id
    author: Author
    relay_id: Id
    doing: Literal["looking", "typing", "gone"]


class StaffConnected(Message):
    """Which technicians of the account are connected to one relay at this moment, told every few seconds.

    It is told of nobody too: only where a relay would have told is silence about a person their absence.
    """

    type: Literal["signal.staff"] = "signal.staff"
    relay_id: Id
    technicians: tuple[Id, ...]


class EpochIssued(Message):
    """A fresh log was begun. Positions of entries are `epoch * 2**40 + offset`, so they grow across logs."""

    type: Literal["bus.epoch"] = "bus.epoch"
    epoch: int = Field(ge=1, lt=8192)
    issued_at: AwareDatetime
