"""Where mail is taken in. A file of its own, because the settings name the place and know nothing of mail."""

import re
from dataclasses import dataclass
from typing import Final

_PLACE: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@]*):([0-9]{1,5})")
_LARGEST_PORT: Final = 65_535


@dataclass(frozen=True, slots=True)
class Door:
    """Where it listens, such as `0.0.0.0:25`, and the largest mail that it takes, in bytes."""

    host: str
    port: int
    largest: int


def place_of(value: str) -> tuple[str, int]:
    """Host and port of a setting; raises `ValueError`."""
    found = _PLACE.fullmatch(value)
    if found is None or int(found[2]) > _LARGEST_PORT:
        raise ValueError("write it as 0.0.0.0:25")
    return found[1].strip("[]") or "0.0.0.0", int(found[2])  # noqa: S104 - as the operator has asked for it
