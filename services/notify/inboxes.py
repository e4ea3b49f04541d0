"""The notification inboxes: what enters them, and what their owners do with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.cases import CaseChanged, CaseRestored
from contracts.envelope import Message
from contracts.portal import TechnicianListed
from services.notify import inbox
from services.notify.inbox import Entry
from services.notify.inbox_store import InboxStore, Owner


class Technicians(Protocol):
    """What an inbox needs to know of people; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician, or the API key, of this id."""
        ...


class Streams(Protocol):
    """Numbers the events that notify tells of a case; its alert store does."""

    async def next_version(self, tx: Tx, case_id: str) -> int:
        """The `aggregate_version` of the next one."""
        ...


class InboxEntryUnknown(DeskbusError):
    """There is no such notification, or it is somebody else's."""

    code = "inbox_entry_unknown"
    status = 404
    text = "There is no such notification."


@dataclass(frozen=True, slots=True)
class InboxPage:
    """The newest entries behind a position; `next` is where the rest begins, None at the end."""

    entries: list[Entry]
    next: str | None
    unread: int


class Inboxes:
    """An entry and the event that tells of it are one transaction, once however often the cause is read."""

    def __init__(
        self,
        store: InboxStore,
        streams: Streams,
        people: Technicians,
        clock: Clock,
        kept: timedelta,
    ) -> None:
        self._store = store
        self._streams = streams
        self.people = people
        self._clock = clock
        self._kept = kept

    async def note(self, tx: Tx, event: CaseChanged) -> None:
        """Enter what the event tells whom."""
        if not self.people.loaded:
            raise RetryLater
        now = self._clock.now()
        entries = inbox.entries_of(event, self.people.technician, now, self._kept)
        await self.enter(tx, event, entries)

    async def enter(self, tx: Tx, event: CaseChanged, entries: Iterable[Entry]) -> None:
        """Enter lines that were decided on elsewhere."""
        for entry in entries:
            fresh = inbox.merged(await self._store.find(tx, entry.id), entry)
            if fresh is not None:
                await self._keep(tx, fresh, event)

    async def claimed(self, tx: Tx, event: CaseChanged) -> None:
        """Somebody has the case, or nobody needs to: that nobody had it is no news any more."""
        for entry in await self._store.of_case(tx, event.conversation_id):
            if entry.kind in inbox.UNCLAIMED.values() and not entry.gone:
                await self._keep(tx, replace(entry, gone=True), event)

    async def take_back(self, tx: Tx, event: CaseRestored) -> None:
        """Somebody undid what an entry tells of: it is no news any more."""
        for entry in await self._store.of_case(tx, event.conversation_id):
            if inbox.is_taken_back(entry, event.undone):
                await self._keep(tx, replace(entry, gone=True), event)

    async def page(
        self, technician: Identity, after: str | None, limit: int, *, unread: bool
    ) -> InboxPage:
        """The newest entries behind `after`, and how many are unread altogether."""
        owner = _owner(technician)
        # One more than is asked for tells whether there is a next page.
        found = await self._store.page(owner, after=after, limit=limit + 1, unread=unread)
        behind = found[limit - 1].position if len(found) > limit else None
        return InboxPage(found[:limit], behind, await self._store.unread(owner))

    async def mark(self, technician: Identity, entry_id: str, *, read: bool) -> None:
        """An entry was read, or is to be looked at again; raises `InboxEntryUnknown`."""
        if not await self._store.mark(_owner(technician), entry_id, read=read):
            raise InboxEntryUnknown

    async def mark_read(
        self, technician: Identity, *, through: str | None, case_id: str | None
    ) -> int:
        """Everything through a position is read, or everything about a case; how many are unread now."""
        owner = _owner(technician)
        await self._store.mark_read(owner, through=through, case_id=case_id)
        return await self._store.unread(owner)

    async def remove(self, technician: Identity, entry_id: str) -> None:
        """Take an entry out; raises `InboxEntryUnknown`."""
        if not await self._store.remove(_owner(technician), entry_id):
            raise InboxEntryUnknown

    async def _keep(self, tx: Tx, entry: Entry, event: CaseChanged) -> None:
        await self._store.put(tx, entry)
        version = await self._streams.next_version(tx, entry.case_id)
        tx.emit(inbox.announced(entry, event, version, self._clock.now()))


def _owner(technician: Identity) -> Owner:
    return Owner(technician.tenant, technician.id, tuple(technician.companies))


# ---- what is handled, and by whom ----------------------------------------------------------------

INBOXES_FROM_CASES: Final[Mapping[type[Message], Any]] = {
    **dict.fromkeys(inbox.RULES, Inboxes.note),
    CaseRestored: Inboxes.take_back,
}
HANDLES: Final[dict[str, Any]] = {
    "GET /api/notify/inbox": Inboxes.page,
    "POST /api/notify/inbox/read": Inboxes.mark_read,
    "PUT /api/notify/inbox/{entry_id}": Inboxes.mark,
    "DELETE /api/notify/inbox/{entry_id}": Inboxes.remove,
}
