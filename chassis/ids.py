"""Identifiers: canonical lower-case UUID strings, the same in JSON, in MongoDB and as Kafka keys."""

from uuid import UUID

import uuid_utils

_NAMESPACE = uuid_utils.uuid5(uuid_utils.NAMESPACE_URL, "https://deskbus.dev/ids")
# A part may hold any text, so parts are joined by a character that no part of ours contains.
_SEPARATOR = "\x1f"


def new_id() -> str:
    """A UUIDv7: unique, and sorted by the time it was made."""
    return str(uuid_utils.uuid7())


def derived_id(*parts: str) -> str:
    """A UUIDv5 of the parts, in order: whoever knows them derives the same id."""
    return str(uuid_utils.uuid5(_NAMESPACE, _SEPARATOR.join(parts)))


def is_id(text: str) -> bool:
    """Whether the text is an id in its one canonical spelling."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
