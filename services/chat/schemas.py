"""What the REST interface of chat takes and says: times in ISO 8601 with `Z`."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from chassis.text import EmailAddress, MessageText
from contracts.envelope import Id

State = Literal["live", "ended"]


class Redemption(BaseModel):
    """A ticket with the secret that the browser made for it."""

    ticket: str = Field(max_length=16_384)
    secret: str = Field(min_length=1, max_length=256)


class Opened(BaseModel):
    """The conversation that a ticket opened."""

    conversation_id: str
    state: State


class DeviceView(BaseModel):
    """What the customer's browser said of itself."""

    user_agent: str
    language: str
    time_zone: str
    screen: str
    page: str


class ConversationView(BaseModel):
    """A conversation; `device` is for technicians only."""

    conversation_id: str
    state: State
    opened_at: datetime | None
    ended_at: datetime | None
    company_id: str
    device: DeviceView | None = None


class Person(BaseModel):
    """Somebody in a conversation; the name is empty when nobody knows it."""

    kind: Literal["customer", "technician", "system"]
    id: str | None
    name: str


class Deleted(BaseModel):
    """Who deleted a message, and when."""

    by: Person
    time: datetime


class Entry(BaseModel):
    """One line of a conversation. `seq` is opaque and increasing, never dense.

    A message that was `deleted` has an empty text; `deleted` as a kind is where that happened.
    """

    id: str
    seq: int
    time: datetime
    kind: Literal["opened", "message", "activity", "bot", "contact", "ended", "deleted"]
    author: Person
    client_id: str | None = None
    text: str | None = None
    code: str | None = None
    params: dict[str, Any] | None = None
    deleted: Deleted | None = None
    case_version: int | None = None
    """Of what tells of the case: which change of it. What the case did later stands behind it."""
    late: bool
    gone: bool = False
    """In a look at the past: the message stood there and was deleted since, so nobody has its text any more."""


class Entries(BaseModel):
    """A page: nothing is missing up to `through`, and `more` says whether to ask again behind it."""

    entries: list[Entry]
    through: int
    more: bool


class NewMessage(BaseModel):
    """A message; the same `client_id` again is the same message."""

    client_id: Id
    text: MessageText


class NewContact(BaseModel):
    """The customer's email address; the same `client_id` again is the same answer."""

    client_id: Id
    email: EmailAddress


class NewEnd(BaseModel):
    """The press of a button; the same `client_id` again is the same press."""

    client_id: Id


class Accepted(BaseModel):
    """What is accepted is never lost."""

    id: str
    seq: int
    time: datetime
