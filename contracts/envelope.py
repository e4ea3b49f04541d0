"""The envelope that every message on the bus wears, and the marks its fields can carry."""

from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Id = Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
"""A UUID in its canonical lower-case text form, as it stands in JSON, in MongoDB and as a Kafka key."""

Audience = Literal["everyone", "staff", "services"]
"""Who may see a message on a socket: both sides of a conversation, technicians only, or no socket at all."""


class _PersonalMark:
    def __repr__(self) -> str:
        return "personal"


PERSONAL = _PersonalMark()
T = TypeVar("T")
Personal = Annotated[T, Field(repr=False), PERSONAL]
"""Personal data: ciphertext on every topic, outbox row and dead letter, and absent from every log line."""


class Part(BaseModel):
    """A value inside a message. Readers ignore and keep what a newer producer added."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Actor(Part):
    """Who caused a message, and by which way in."""

    kind: Literal["customer", "technician", "system"]
    id: Id | None = None
    via: str


class Origin(Part):
    """From where one of the staff did something, for the audit log of a service that they did not ask themselves."""

    address: str
    user_agent: str = ""


class Message(Part):
    """The fields that stand before a message's own.

    `key` orders: messages of one key are read in the order they were written. `aggregate_version`
    counts the changes of the thing behind the key, from 1, without gaps, so that a reader sees a
    missing one; it is 0 on a topic whose order is the log's own (`chat-log`, `chat-signals`).
    """

    audience: ClassVar[Audience] = "services"
    survives_erasure: ClassVar[bool] = False
    """Whether it is still written and read once its conversation was erased: what tells of the erasure itself."""
    audited: ClassVar[bool] = True
    """Whether it stands in the audit log when a technician causes it; asked on audited topics alone."""

    id: Id
    type: str
    version: int = 1
    time: AwareDatetime
    tenant: Id
    key: str
    aggregate_version: int = Field(ge=0)
    actor: Actor
    correlation_id: Id
    causation_id: Id | None = None

    company_id: Id | None = None
    """The company it concerns; the relay shows it only to technicians with access to that company."""
    conversation_id: Id | None = None
    """The conversation (which is the case) it concerns. Its personal data is sealed with the key of this id."""

    @classmethod
    def type_name(cls) -> str:
        """The `type` that stands on the wire, for example `case.assigned`."""
        return str(cls.model_fields["type"].default)

    @classmethod
    def personal_fields(cls) -> frozenset[str]:
        """The names of the fields that leave the process only as ciphertext."""
        return frozenset(
            name for name, field in cls.model_fields.items() if PERSONAL in field.metadata
        )
