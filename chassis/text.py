"""Types for what people type: normalised, trimmed, bounded, and free of control characters.

Lengths are counted in code points after normalisation to NFC.
"""

import unicodedata
from typing import Annotated, Any

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

EMAIL_LIMIT = 254
NAME_LIMIT = 100
MESSAGE_LIMIT = 10_000
REMARK_LIMIT = 2_000

# Direction overrides let one name look like another; in a message they are harmless and sometimes meant.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_LINE_BREAKS = frozenset("\n\t\u2028\u2029")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def _is_blank(text: str) -> bool:
    # Zero-width characters and spaces alone would make a name or a message that nobody can see.
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


def _clean(value: Any, forbidden: frozenset[str], allowed: frozenset[str]) -> Any:
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").strip()
    if any(c in forbidden or (c not in allowed and _is_control(c)) for c in text):
        raise PydanticCustomError("control_characters", "Control characters are not accepted.")
    return "" if _is_blank(text) else text


def _one_line(value: Any) -> Any:
    return _clean(value, _OVERRIDES | _LINE_BREAKS, frozenset())


def _many_lines(value: Any) -> Any:
    return _clean(value, frozenset(), frozenset("\n\t"))


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise PydanticCustomError("invalid_email", "This is not an email address.") from error


def _email_or_none(value: str) -> str:
    return _email(value) if value else ""


PersonName = Annotated[
    str, StringConstraints(min_length=1, max_length=NAME_LIMIT), BeforeValidator(_one_line)
]
MessageText = Annotated[
    str, StringConstraints(min_length=1, max_length=MESSAGE_LIMIT), BeforeValidator(_many_lines)
]
EmailAddress = Annotated[
    str,
    StringConstraints(min_length=1, max_length=EMAIL_LIMIT),
    BeforeValidator(_one_line),
    AfterValidator(_email),
    Field(examples=["ana@example.com"]),
]
OptionalEmailAddress = Annotated[
    str,
    StringConstraints(max_length=EMAIL_LIMIT),
    BeforeValidator(_one_line),
    AfterValidator(_email_or_none),
    Field(examples=["ana@example.com"]),
]
"""An address, or nothing at all: an empty text."""
Remark = Annotated[str, StringConstraints(max_length=REMARK_LIMIT), BeforeValidator(_many_lines)]
"""A text that may be empty."""
LabelText = Annotated[str, StringConstraints(max_length=NAME_LIMIT * 2), BeforeValidator(_one_line)]
"""One line that may be empty, such as a title."""
