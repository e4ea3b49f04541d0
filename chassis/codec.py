"""Messages as records and back: flat JSON, with the personal fields in one AES-256-GCM box.

On the wire the fields marked `Personal` are taken out and stand as `"sealed": {"key": <data key
id>, "box": <base64 of nonce and ciphertext>}`, bound to the message's id and type. The headers
repeat what a reader filters by, so that it need not touch the value.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidTag
from pydantic import ValidationError

from chassis.keyring import KeySource
from contracts.envelope import Audience, Message, Part
from contracts.topics import MESSAGES, TOPIC_OF

Headers = Sequence[tuple[str, bytes]]

SEALED: Final = "sealed"
# What cannot hold fields, so that nobody asks whether it is something that can: that costs more than all the rest.
_FLAT: Final = frozenset({str, int, float, bool, type(None), datetime})
_PERSONAL: Final = {kind: kind.personal_fields() for kind in TOPIC_OF}


class UnknownType(Exception):
    """A message of a type that this version does not know; it is skipped."""


class Poison(Exception):
    """A record that can never be processed; the text says why and holds no personal data."""


class UnknownFields(TypeError):
    """A producer may not send fields that the contract does not have."""


@dataclass(frozen=True, slots=True)
class Record:
    """What stands on a topic."""

    topic: str
    key: str
    value: bytes
    headers: list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Head:
    """What the headers tell. Who is not named as an audience sees nothing."""

    type: str
    tenant: str
    company: str
    conversation: str
    audience: Audience
    replay: bool


async def encode(message: Message, keyring: KeySource, *, replay: bool = False) -> Record:
    """The record of a message; raises `UnknownFields`, `KeyUnknown` and `Erased`.

    A replay keeps what a newer version may once have added. Of an erased conversation nothing is said
    any more, even without a word that needs its key.
    """
    if not replay:
        _refuse_extras(message)
    personal = _PERSONAL[type(message)]
    body = message.model_dump(mode="json")
    if personal:
        await _seal(message, body, personal, keyring)
    else:
        await _check(type(message), message.conversation_id, keyring)
    return _record(message, body, replay=replay)


def encode_open(message: Message) -> Record:
    """The record of a message whose type has nothing personal; raises `UnknownFields`."""
    _refuse_extras(message)
    if _PERSONAL[type(message)]:
        raise ValueError(f"{message.type} has personal fields and needs a keyring")
    return _record(message, message.model_dump(mode="json"), replay=False)


def _refuse_extras(message: Message) -> None:
    if unknown := _extras(message):
        raise UnknownFields(f"{type(message).__name__} has no {', '.join(unknown)}")


def _record(message: Message, body: dict[str, Any], *, replay: bool) -> Record:
    return Record(
        topic=TOPIC_OF[type(message)].name,
        key=message.key,
        value=orjson.dumps(body),
        headers=_headers(message, replay=replay),
    )


async def decode(value: bytes | None, headers: Headers, keyring: KeySource) -> Message:
    """The message of a record; raises `UnknownType`, `Poison`, `KeyUnknown` and `Erased`."""
    body = _parse(value)
    kind = _kind(body.get("type"), dict(headers).get("type"))
    if _PERSONAL[kind]:
        await _open(body, _PERSONAL[kind], keyring)
    else:
        await _check(kind, body.get("conversation_id"), keyring)
    return _message(kind, body)


async def _check(kind: type[Message], conversation_id: Any, keyring: KeySource) -> None:
    """Raises `Erased`. What is sealed need not be checked: its key is gone."""
    if isinstance(conversation_id, str) and not kind.survives_erasure:
        await keyring.check(conversation_id)


def decode_open(value: bytes | None) -> Message:
    """The message of a record that holds nothing personal; raises `UnknownType` and `Poison`."""
    body = _parse(value)
    return _message(_kind(body.get("type"), None), body)


def _message(kind: type[Message], body: dict[str, Any]) -> Message:
    try:
        return kind.model_validate(body)
    except ValidationError as error:
        places = sorted({str(detail["loc"][0]) for detail in error.errors()})
        raise Poison(f"{kind.type_name()} has invalid fields: {', '.join(places)}") from None


def decode_head(headers: Headers) -> Head:
    """What the headers tell; absent ones are empty, and an absent audience is nobody."""
    found = dict(headers)
    audience = _text(found.get("audience"))
    return Head(
        type=_text(found.get("type")),
        tenant=_text(found.get("tenant")),
        company=_text(found.get("company")),
        conversation=_text(found.get("conversation")),
        audience="everyone"
        if audience == "everyone"
        else "staff"
        if audience == "staff"
        else "services",
        replay="replay" in found,
    )


def _text(header: bytes | None) -> str:
    return header.decode(errors="replace") if header else ""


def _headers(message: Message, *, replay: bool) -> list[tuple[str, bytes]]:
    headers = [
        ("type", message.type.encode()),
        ("tenant", message.tenant.encode()),
        ("audience", message.audience.encode()),
    ]
    if message.company_id is not None:
        headers.append(("company", message.company_id.encode()))
    if message.conversation_id is not None:
        headers.append(("conversation", message.conversation_id.encode()))
    if replay:
        headers.append(("replay", b"1"))
    return headers


def _extras(value: Part | tuple[Any, ...]) -> list[str]:
    """The names of fields that the contract does not have, at any depth."""
    names: list[str] = []
    inside = value.__dict__.values() if isinstance(value, Part) else value
    if isinstance(value, Part) and value.model_extra:
        names += value.model_extra
    for inner in inside:
        if type(inner) not in _FLAT and isinstance(inner, Part | tuple):
            names += _extras(inner)
    return names


# ---- the box -------------------------------------------------------------------------------------


async def _seal(
    message: Message, body: dict[str, Any], personal: frozenset[str], keyring: KeySource
) -> None:
    """Put the box into the body, in place of the personal fields."""
    key_id = message.conversation_id
    if key_id is None:
        raise ValueError(f"{message.type} has personal fields but no conversation to seal them for")
    plain = orjson.dumps({name: body.pop(name) for name in personal})
    box = await keyring.seal(key_id, plain, _bound(message.id, message.type))
    body[SEALED] = {"key": key_id, "box": base64.b64encode(box).decode()}


async def _open(body: dict[str, Any], personal: frozenset[str], keyring: KeySource) -> None:
    """Put the personal fields into the body, in place of the box."""
    if not personal.isdisjoint(body):
        raise Poison("personal fields outside of the box")
    try:
        sealed = body.pop(SEALED)
        box = base64.b64decode(sealed["box"], validate=True)
        bound = _bound(body["id"], body["type"])
        body.update(orjson.loads(await keyring.open(sealed["key"], box, bound)))
    except (KeyError, TypeError, binascii.Error) as error:
        raise Poison("no box, or not the form of one") from error
    except (InvalidTag, ValueError) as error:
        raise Poison("the box does not open") from error


def _bound(message_id: str, message_type: str) -> bytes:
    return f"{message_id}{message_type}".encode()


def _parse(value: bytes | None) -> dict[str, Any]:
    try:
        body = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        # The cause is left out: it would carry the document, and with it whatever it holds.
        raise Poison("not JSON") from None
    if not isinstance(body, dict):
        raise Poison("not a JSON object")
    return body


def _kind(named: Any, header: bytes | None) -> type[Message]:
    if header is not None and header.decode(errors="replace") != named:
        raise Poison("the header names another type than the value")
    if not isinstance(named, str):
        raise Poison("no type")
    if named not in MESSAGES:
        raise UnknownType(named)
    return MESSAGES[named]
