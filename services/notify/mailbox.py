"""Mail that comes in by IMAP: of a company that has nothing but a mailbox at a provider (S43).

Each mail goes the way of those that a mail server brings (`receiving.py`). How far the mailbox was read is kept as a
place in it and not as a mark on its mails: people may look into it meanwhile, and some servers know no marks. The
first time, what lies there already stays as it is. A mail is marked or moved once it is kept, and then the place moves
on; a crash between any two of these finds the same mail again, which is kept once whoever brings it. One instance
reads at a time, by a lease; that two did would do no harm.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Protocol

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.leases import Lease, Leases
from chassis.logs import logger
from services.notify.envelopes import envelope_of
from services.notify.imap import Box, Connect, ImapFailed, Mailed
from services.notify.mailbox_store import Place, PlaceStore
from services.notify.receiving import Delivery, TooMany
from services.notify.targets import Refused

LEASE_SECONDS: Final = 60.0
MOST_WAITING: Final = 500
"""Mails that have to wait for their sender's hour to pass; behind more of them nothing is read."""
LONGEST_WAIT: Final = 600.0
"""Seconds between two tries to reach the server."""
BEFORE: Final = timedelta(days=2)
_LEASE: Final = "mailbox"

_log = logger(__name__)


class Taking(Protocol):
    """Keeps mails; `receiving.Receiving` does."""

    async def take(self, delivery: Delivery) -> None:
        """Keep a mail, for good; raises `Refused`, `TooMany` and `RetryLater`, and then it was not kept."""
        ...

    def knows(self, address: str) -> bool:
        """Whether mail to this address is for the desk; raises `RetryLater` before one can know."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, and how. `largest` in bytes; `done` is the folder for what was kept, or empty."""

    connect: Connect
    name: str
    address: str
    """That of the mailbox: where a mail goes that names no other address of the desk."""
    done: str
    largest: int
    every: float
    """Seconds between two looks."""
    again: float = 300.0
    """Seconds between two tries of what has to wait."""


class Mailbox:
    """Reads one mailbox; run `run` in the background."""

    def __init__(
        self,
        reading: Reading,
        places: PlaceStore,
        leases: Leases,
        receiving: Taking,
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._places = places
        self._leases = leases
        self._receiving = receiving
        self._clock = clock
        self._waiting_until = 0.0
        self._trouble: str | None = None

    def trouble(self) -> str | None:
        """Why the mailbox could not be read when it was last tried here, in technical words."""
        return self._trouble

    async def run(self) -> None:
        """For ever; while the server or the database is away it tries less often."""
        wait = self._reading.every
        while True:
            try:
                await self.look()
                self._trouble, wait = None, self._reading.every
            except (ImapFailed, RetryLater, OSError) as error:
                wait = min(max(wait * 2, 1.0), max(LONGEST_WAIT, self._reading.every))
                self._trouble = _reason(error)
                _log.warning("mailbox_not_read", reason=self._trouble)
            await asyncio.sleep(wait)

    async def look(self) -> None:
        """Take what is there, unless another instance is at it; raises `ImapFailed`, `RetryLater` and `OSError`."""
        lease = await self._leases.acquire(_LEASE)
        if lease is None:
            return
        box = await self._reading.connect()
        try:
            await self._read(box, lease)
        finally:
            await box.leave()
            with suppress(RetryLater):
                await self._leases.release(lease)

    async def _read(self, box: Box, lease: Lease) -> None:
        place = await self._place_in(box)
        for uid in [*self._due(place), *await box.behind(place.last)]:
            full = len(place.waiting) >= MOST_WAITING and uid not in place.waiting
            if full or not await self._leases.renew(lease):
                return
            kept = await self._handle(box, uid)
            place = place.passed(uid, waits=not kept)
            await self._places.put(place)
        await self._places.put(replace(place, looked_at=self._clock.now()))

    def _due(self, place: Place) -> tuple[int, ...]:
        """Those that wait, once in a while: each try brings the whole mail again."""
        now = time.monotonic()
        if now < self._waiting_until:
            return ()
        self._waiting_until = now + self._reading.again
        return place.waiting

    async def _place_in(self, box: Box) -> Place:
        """Where the last look has ended; the first time it is the end of what is there."""
        known = await self._places.get(self._reading.name)
        if known is not None and known.validity == box.validity:
            return known
        if known is None:
            _log.info("mailbox_begun", last=box.last)
            place = Place(self._reading.name, box.validity, box.last, self._clock.now())
        else:
            # The server counts anew. What came since the last look is looked at, and of the days before what may
            # have waited; what was kept already is found to be.
            _log.warning("mailbox_counts_anew")
            came = await box.since((known.looked_at - BEFORE).date())
            self._waiting_until = 0.0
            place = replace(known, validity=box.validity, last=box.last, waiting=tuple(came))
        await self._places.put(place)
        return place

    async def _handle(self, box: Box, uid: int) -> bool:
        """Whether nothing is to be done for the mail any more; else it is tried again."""
        mail = await box.fetch(uid, self._reading.largest)
        if mail is None:
            # Somebody has moved it away, or deleted it.
            return True
        return await self._take(box, uid, mail)

    async def _take(self, box: Box, uid: int, mail: Mailed) -> bool:
        if mail.raw is None:
            _log.warning("mail_refused", reply="552")
            await box.flag(uid)
            return True
        try:
            await self._receiving.take(self._delivery(mail.raw))
        except Refused as refused:
            _log.warning("mail_refused", reply=refused.reply[:3])
            await box.flag(uid)
        except TooMany:
            return False
        except (RetryLater, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - of one mail; it stays there, and the others come
            _log.error("mail_not_taken", reason=type(error).__name__)
            return False
        else:
            await box.finish(uid, self._reading.done)
        return True

    def _delivery(self, raw: bytes) -> Delivery:
        envelope = envelope_of(raw)
        named = tuple(it for it in envelope.recipients if self._receiving.knows(it))
        return Delivery(envelope.sender, named or (self._reading.address,), raw)


def _reason(error: Exception) -> str:
    """A class alone, for a server's words may quote the name that it was given; of what is away, how it is away."""
    cause = error.__cause__ if type(error) is ImapFailed else None
    return type(cause or error).__name__
