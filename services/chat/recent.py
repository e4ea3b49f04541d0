"""The end of the log in memory: what the store may not have yet, by partition and conversation."""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from chassis.codec import Headers
from services.chat.views import Line

KEPT_SECONDS: Final = 10.0
"""Stored records stay this long, so that a reader who comes from the store finds the continuation."""
KEPT_RECORDS: Final = 20_000


@dataclass(slots=True)
class Kept:
    """A record of the log. It is decoded when somebody looks at its conversation, and only then."""

    seq: int
    conversation_id: str
    value: bytes | None
    headers: Headers
    at: float
    line: Line | None = None
    """How it is shown, once the fold has decided that it is."""


@dataclass(slots=True)
class Recent:
    """One partition: everything behind `floor` and up to `through` is here; all up to `floor` is stored."""

    floor: int
    through: int
    _order: deque[Kept] = field(default_factory=deque)
    _by_conversation: dict[str, deque[Kept]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._order)

    def keep(self, kept: Kept) -> None:
        """Take the next record; it counts as read only when `through` is moved."""
        self._order.append(kept)
        self._by_conversation.setdefault(kept.conversation_id, deque()).append(kept)

    def of(self, conversation_id: str) -> Sequence[Kept]:
        """A conversation's records, in order."""
        return self._by_conversation.get(conversation_id, ())

    def trim(self, stored: int, now: float | None = None) -> None:
        """Let go of what is stored, unless it is so new that a reader may be on the way here."""
        recent = (time.monotonic() if now is None else now) - KEPT_SECONDS
        while self._order and self._order[0].seq <= stored:
            if self._order[0].at > recent and len(self._order) <= KEPT_RECORDS:
                return
            self._drop(self._order.popleft())
        if not self._order:
            self.floor = max(self.floor, min(stored, self.through))

    def _drop(self, kept: Kept) -> None:
        self.floor = kept.seq
        records = self._by_conversation[kept.conversation_id]
        records.popleft()
        if not records:
            del self._by_conversation[kept.conversation_id]
