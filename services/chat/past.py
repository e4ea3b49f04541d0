"""What the customer had before them at a moment of the past (N6): the log without all that came later.

The text of a message that was deleted since is gone for everybody: its place is told, never its words.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import orjson

from services.chat.views import Line, dumps


def seen_by_customer(lines: Iterable[Line], at: datetime) -> list[Line]:
    """The lines that the customer had at that time, as they stood there then."""
    found = (_at(line, at) for line in lines if line.customer_sees)
    return [line for line in found if line is not None]


def _at(line: Line, at: datetime) -> Line | None:
    entry = orjson.loads(line.json)
    if datetime.fromisoformat(entry["time"]) > at:
        return None
    deleted = entry.get("deleted")
    if deleted is None or datetime.fromisoformat(deleted["time"]) <= at:
        return line
    del entry["deleted"]
    return replace(line, json=dumps({**entry, "gone": True}))
