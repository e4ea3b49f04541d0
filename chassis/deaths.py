"""What is known of a record that could not be handled: its death, and who asked to have it handled again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from chassis.mongo import Document

Outcome = Literal["done", "parked", "skipped", "failed"]
"""Handled; set aside until an earlier message is handled; passed over as erased or of no concern; dead again."""


@dataclass(frozen=True, slots=True)
class Death:
    """Why a record cannot be handled. `reason` holds nothing of what the record says."""

    code: str
    """`unreadable`, `failed`, or the code of an error of ours."""
    reason: str
    tries: int


class StillDead(Exception):
    """A replay failed as the first handling did."""

    def __init__(self, death: Death) -> None:
        super().__init__(death.reason)
        self.death = death


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a replay; `tenant` is None for the operator, who sees every account's."""

    id: str
    name: str
    tenant: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which dead letters are meant; absent is any."""

    topic: str | None = None
    type: str | None = None
    code: str | None = None
    id: str | None = None

    def query(self) -> Document:
        named = {"topic": self.topic, "type": self.type, "code": self.code, "_id": self.id}
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A record as it came, and what is known of its death."""

    id: str
    tenant: str
    """Empty for a record that does not tell."""
    topic: str
    partition: int
    offset: int
    seq: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]
    type: str
    written_at: datetime
    died_at: datetime
    death: Death
    state: str
    """`dead`, `asked`, or how its replay ended."""
    place: str
    replay: Mapping[str, Any] | None = None
    """The replay under way or the last one: `id`, `by`, `name`, `at`, `waits_for`."""
    replays: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    """Those that ended: the same with `ended_at`, `outcome` and `reason`."""


@dataclass(frozen=True, slots=True)
class Replay:
    """One press of a button: how many it meant, and what became of them."""

    id: str
    tenant: str | None
    by: str
    name: str
    at: datetime
    wanted: Mapping[str, str]
    total: int
    outcomes: Mapping[str, int]


def letter_of(row: Document) -> DeadLetter:
    return DeadLetter(
        id=row["_id"],
        **{name: row[name] for name in ("tenant", "topic", "partition", "offset", "seq", "type")},
        key=_bytes(row["key"]),
        value=_bytes(row["value"]),
        headers=[(name, bytes(value)) for name, value in row["headers"]],
        **{name: row[name] for name in ("written_at", "died_at", "state", "place", "replays")},
        death=Death(row["code"], row["reason"], row["tries"]),
        replay=row.get("replay"),
    )


def _bytes(value: Any) -> bytes | None:
    return None if value is None else bytes(value)


def replay_of(row: Document) -> Replay:
    named = {
        name: row[name] for name in ("tenant", "by", "name", "at", "wanted", "total", "outcomes")
    }
    return Replay(id=row["_id"], **named)
