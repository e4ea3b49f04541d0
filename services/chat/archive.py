"""Reading the archive: rows become entries again, and pages of a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chassis.codec import Headers, Poison, UnknownType, decode
from chassis.keyring import Erased, KeySource
from chassis.logs import logger
from contracts.chat import ConversationEntry, ConversationOpened
from contracts.topics import CHAT_LOG
from services.chat.conversation import Live, TechnicianName, from_store
from services.chat.domain import opened_id
from services.chat.fold import Fold, Shown, shown
from services.chat.positions import partition_of
from services.chat.storage import ChatStore, Row
from services.chat.views import Line, line

PAGE_CHARACTERS: Final = 256 * 1024
"""A page ends behind this much text, however few entries that are: it must fit into a socket's queue."""

_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a conversation: complete up to `through`, and whether more is there behind it."""

    lines: Sequence[Line]
    through: int
    more: bool


class Archive:
    """The store, decrypted."""

    def __init__(
        self, store: ChatStore, keyring: KeySource, technician_name: TechnicianName
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._technician_name = technician_name

    async def decode(self, value: bytes | None, headers: Headers) -> ConversationEntry | None:
        """The entry of a record; None for what can never be shown. Raises KeyUnknown."""
        try:
            message = await decode(value, headers, self._keyring)
        except (Poison, UnknownType, Erased) as error:
            _log.warning("entry_not_shown", reason=type(error).__name__)
            return None
        return message if isinstance(message, ConversationEntry) else None

    async def load(self, conversation_id: str) -> Live | None:
        """A conversation as far as it is stored."""
        stored = await self._store.load(conversation_id)
        if stored is None:
            return None
        cursors = await self._store.cursors(conversation_id)
        opened = await self.entry(opened_id(conversation_id))
        return from_store(
            stored,
            list(cursors),
            opened[1] if opened and isinstance(opened[1], ConversationOpened) else None,
            partition_of(conversation_id, CHAT_LOG.partitions),
            self._technician_name,
        )

    async def entry(self, entry_id: str) -> tuple[int, ConversationEntry] | None:
        """A stored entry with its position."""
        row = await self._store.entry(entry_id)
        entry = await self.decode(row.value, row.headers) if row else None
        return (row.seq, entry) if row and entry else None

    async def page(self, live: Live, after: int, through: int, limit: int) -> Page:
        """The stored entries behind `after`; everything up to `through` must be in the store."""
        rows = await self._store.page(live.id, after, through, limit)
        end = rows[-1].seq if len(rows) == limit else through
        shown_rows = [it for row in rows if (it := await self._shown(row, live.fold))]
        return cut([line(it, live.name_of) for it in shown_rows], end, more=True)

    async def _shown(self, row: Row, fold: Fold) -> Shown | None:
        entry = await self.decode(row.value, row.headers)
        if entry is None:
            return None
        if row.retracts:
            return Shown(row.id, row.seq, entry, retracts=row.retracts)
        return shown(row.seq, entry, fold.bounds, fold.deletions.get(row.id))


def cut(lines: Sequence[Line], through: int, *, more: bool) -> Page:
    """A page of these lines, shorter when they are long."""
    left = PAGE_CHARACTERS
    for place, it in enumerate(lines):
        left -= len(it.json)
        if left < 0 and place > 0:
            return Page(lines[:place], lines[place - 1].seq, more=True)
    return Page(lines, through, more)


def recent_page(lines: Sequence[Line], through: int, limit: int) -> Page:
    """A page from memory: the last one, unless there is more than fits."""
    if len(lines) > limit:
        return cut(lines[:limit], lines[limit - 1].seq, more=True)
    return cut(lines, through, more=False)
