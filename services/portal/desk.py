"""What every use case of portal works with.

A file of its own, because portal's use cases are spread over one file for each noun.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar, cast

from chassis.clock import Clock
from chassis.keyring import KeySource
from chassis.storage import Storage, Tx
from chassis.timers import Timers
from chassis.tokens import TokenSigner
from contracts.envelope import Actor
from services.portal.auditing import note_record
from services.portal.domain import Listed
from services.portal.entries import SYSTEM, entry
from services.portal.passwords import Passwords
from services.portal.storage import PortalStore

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What every use case works with; made once, in `app.py`."""

    storage: Storage
    store: PortalStore
    clock: Clock
    signer: TokenSigner
    passwords: Passwords
    chain_key: bytes
    """Makes refresh secrets follow from each other, and emails unreadable in the attempts."""
    host: str
    """Host and port at which portals are reached."""
    keys: KeySource
    """Portal seals nothing; its keyring knows which conversations were erased."""
    timers: Timers
    away_after: timedelta | None
    """How long an available technician may be without a connection; None for as long as they like."""
    audit_kept: timedelta = timedelta(days=730)
    """How long the audit log remembers."""
    probe_key: bytes = b""
    """What the synthetic customer proves itself with; without one there is none."""

    async def commit(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        """Runs work in one transaction. (Storage answers None only for work that names its `once`.)"""
        return cast(T, await self.storage.transact(work))

    async def save(self, tx: Tx, record: Listed, actor: Actor = SYSTEM) -> None:
        """Keeps a record of the directory, and tells of it by the same transaction.

        What a person changes stands in the audit log by that transaction too, so that no use case can
        forget it.
        """
        if actor.kind == "technician":
            before = await self.store.get(tx, type(record), record.id)
            await note_record(self, tx, before, record, actor)
        await self.store.put(tx, record)
        tx.emit(entry(record, host=self.host, now=self.clock.now(), actor=actor))


class Access(NamedTuple):
    """An access token and when it ends."""

    token: str
    expires_at: datetime
