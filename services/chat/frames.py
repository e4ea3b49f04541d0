"""The frames that clients send, protocol 1: JSON text, told apart by `t`. Unknown fields are ignored."""

from typing import Annotated, Any, Final, Literal, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from chassis.errors import DeskbusError
from chassis.text import MESSAGE_LIMIT, EmailAddress, MessageText
from contracts.envelope import Id

PROTOCOL: Final = 1
FRAME_LIMIT: Final = 64 * 1024
"""In bytes of UTF-8."""
_LAST_SEQ: Final = 2**53


class FrameInvalid(DeskbusError):
    """The frame is not one of the protocol's: client and server do not understand each other."""

    code = "frame_invalid"
    status = 400
    text = "This frame is not part of the protocol."


class FrameTooLarge(DeskbusError):
    """The frame is larger than any message can be."""

    code = "frame_too_large"
    status = 413
    text = "This is too large to be accepted."


class ProtocolUnsupported(DeskbusError):
    """The client speaks another version of the protocol."""

    code = "protocol_unsupported"
    status = 400
    text = "This version of the protocol is not supported. Please reload the page."


class TextTooLong(DeskbusError):
    """The message is longer than a message may be."""

    code = "text_too_long"
    status = 422
    text = "A message has at most {max} characters."


class TextEmpty(DeskbusError):
    """The message has nothing that anybody could see."""

    code = "text_empty"
    status = 422
    text = "This message is empty."


class ControlCharacters(DeskbusError):
    """The message holds characters that only machines understand."""

    code = "control_characters"
    status = 422
    text = "Control characters are not accepted."


class EmailInvalid(DeskbusError):
    """What was given as an address can be none."""

    code = "invalid_email"
    status = 422
    text = "This is not an email address."


Reference = dict[str, str]
"""What an answer refers to: `conversation` and `client_id`, where there are such."""


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True)


_Seq = Annotated[int, Field(ge=0, lt=_LAST_SEQ)]


class Auth(_Frame):
    """The first frame: who is there, and which protocol they speak."""

    t: Literal["auth"]
    token: str
    protocol: int


class Renew(_Frame):
    """A newer token of the same person."""

    t: Literal["renew"]
    token: str


class WatchFrom(_Frame):
    """Everything of a conversation behind `after`, and what comes then."""

    t: Literal["watch"]
    conversation: Id
    after: _Seq | None = None


class Unwatch(_Frame):
    """No more of this conversation."""

    t: Literal["unwatch"]
    conversation: Id


class Send(_Frame):
    """A message. `client_id` is the writer's own: the same again is the same message."""

    t: Literal["send"]
    conversation: Id
    client_id: Id
    text: MessageText


class Contact(_Frame):
    """The customer's email address, as an answer to the bot."""

    t: Literal["contact"]
    conversation: Id
    client_id: Id
    email: EmailAddress


class Typing(_Frame):
    """The person began or stopped typing."""

    t: Literal["typing"]
    conversation: Id
    on: bool


class LookAt(_Frame):
    """The case that is before the technician, or none, and whether they type a reply to it."""

    t: Literal["look"]
    conversation: Id | None = None
    company: Id | None = None
    typing: bool = False

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.conversation is None) != (self.company is None):
            raise ValueError("conversation and company belong together")
        return self


class CursorAt(_Frame):
    """How far the person has received and read."""

    t: Literal["cursor"]
    conversation: Id
    delivered: _Seq = 0
    read: _Seq = 0


class End(_Frame):
    """The person ends the live chat."""

    t: Literal["end"]
    conversation: Id
    client_id: Id


ClientFrame = Auth | Renew | WatchFrom | Unwatch | Send | Contact | Typing | LookAt | CursorAt | End
_adapter: TypeAdapter[ClientFrame] = TypeAdapter(Annotated[ClientFrame, Field(discriminator="t")])

_TEXT_ERRORS: Final[dict[str, DeskbusError]] = {
    "control_characters": ControlCharacters(),
    "string_too_long": TextTooLong(max=MESSAGE_LIMIT),
    "string_too_short": TextEmpty(),
}
_EMAIL_ERRORS: Final[dict[str, DeskbusError]] = {
    "control_characters": ControlCharacters(),
    "invalid_email": EmailInvalid(),
    "string_too_long": EmailInvalid(),
    "string_too_short": EmailInvalid(),
}
_TYPED: Final = {"text": _TEXT_ERRORS, "email": _EMAIL_ERRORS}
"""What a person types, by its field: mistakes in there are theirs, all others are the client's."""


class Refused(Exception):
    """A frame that is not taken. With `frame` it is only what a person typed, else the client is broken."""

    def __init__(self, error: DeskbusError, frame: Reference | None = None) -> None:
        super().__init__(error.code)
        self.error = error
        self.frame = frame


def parse(text: str) -> ClientFrame:
    """The frame; raises Refused."""
    if len(text) > FRAME_LIMIT or len(text.encode()) > FRAME_LIMIT:
        raise Refused(FrameTooLarge())
    try:
        return _adapter.validate_json(text)
    except ValidationError as invalid:
        raise _refused(text, invalid) from None


def reference(frame: ClientFrame) -> Reference:
    """What an answer to this frame refers to."""
    named = {name: getattr(frame, name, None) for name in ("conversation", "client_id")}
    return {name: value for name, value in named.items() if value}


def _refused(text: str, invalid: ValidationError) -> Refused:
    errors = invalid.errors(include_url=False, include_context=False, include_input=False)
    typed = _TYPED.get(str(errors[0]["loc"][-1])) if len(errors) == 1 and errors[0]["loc"] else None
    error = typed.get(errors[0]["type"]) if typed else None
    if error is None:
        return Refused(FrameInvalid())
    # Everything else was valid, so both ids are there.
    frame: dict[str, Any] = orjson.loads(text)
    return Refused(error, {name: frame[name] for name in ("conversation", "client_id")})
