"""Technicians who vanish (X4): whose console has been gone for longer than the desk bears with is not available.

The relays tell who is connected; here alone it is decided what follows. Each available technician has a
lease: a timer, set anew while some relay sees them, and due when none did for the grace. What keeps people
from being seen is not their absence: a lease that ran out while portal or every relay was silent begins anew.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.clock import Clock
from chassis.codec import Poison, UnknownType, decode_head, decode_open
from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.logs import logger
from chassis.settings import Settings
from chassis.storage import Tx
from chassis.tail import END, Tail
from contracts.chat import StaffConnected
from contracts.topics import CHAT_SIGNALS
from services.portal.desk import Desk
from services.portal.domain import Technician

AWAY: Final = "away"
LATE: Final = timedelta(seconds=5)
"""A timer that fires later than this was not looked at when it was due."""
HEARD: Final = timedelta(seconds=20)
"""Relays tell every five seconds; an account of which nothing was heard for so long is watched by nobody."""
LOOK_SECONDS: Final = 1.0
BATCH: Final = 100
_CONNECTED: Final = StaffConnected.type_name()

_log = logger(__name__)


async def expect(
    desk: Desk, tx: Tx, technician: Technician, seen: datetime, *, begins: datetime | None = None
) -> None:
    """Begin the technician's lease anew, where they were last seen if not later; end it when they are not available."""
    timer = f"{AWAY}/{technician.id}"
    if desk.away_after is None or not technician.available:
        await desk.timers.cancel(tx, timer)
        return
    due = (begins or seen) + desk.away_after
    payload = {"technician_id": technician.id, "seen": seen, "due": due}
    await desk.timers.schedule(tx, timer, due, AWAY, payload)


async def expect_everybody(desk: Desk) -> None:
    """Nobody who is available is without a lease when the service starts."""
    await _extend(desk, await desk.store.ids(Technician), desk.clock.now())


async def _extend(desk: Desk, technician_ids: Sequence[str], seen: datetime) -> None:
    async def work(tx: Tx, some: Sequence[str]) -> None:
        for technician_id in some:
            if technician := await desk.store.get(tx, Technician, technician_id):
                await expect(desk, tx, technician, seen)

    for start in range(0, len(technician_ids), BATCH):
        some = technician_ids[start : start + BATCH]
        await desk.storage.transact(lambda tx, ids=some: work(tx, ids))  # type: ignore[misc]


class Vigil:
    """What relays say of technicians, and the leases that follow from it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clock: Clock = desk.clock
        self._since: datetime | None = None
        """Since when signals have been followed without a break."""
        self._heard: dict[str, datetime] = {}
        """When something was last heard of an account."""
        self._seen: dict[str, datetime] = {}
        self._extended: dict[str, datetime] = {}

    # ---- what relays say -------------------------------------------------------------------------

    async def follow(self, settings: Settings) -> None:
        """Listen, for ever."""
        try:
            async with (
                Tail(settings, [CHAT_SIGNALS], lambda _: END) as tail,
                beside(self._note_following(tail)),
            ):
                async for batch in tail:
                    for record in batch.records:
                        if decode_head(record.headers).type == _CONNECTED:
                            self._take(record.value)
        finally:
            self._since = None

    async def _note_following(self, tail: Tail) -> None:
        await tail.caught_up()
        self.listening()

    def listening(self) -> None:
        """From now on absence can be told from silence."""
        self._since = self._clock.now()

    def _take(self, value: bytes | None) -> None:
        try:
            told = decode_open(value)
        except (Poison, UnknownType) as error:
            _log.warning("attendance_skipped", reason=type(error).__name__)
            return
        if isinstance(told, StaffConnected):
            self.note(told)

    def note(self, told: StaffConnected) -> None:
        """A relay says who is connected to it."""
        now = self._clock.now()
        self._heard[told.tenant] = now
        self._seen.update(dict.fromkeys(told.technicians, now))

    # ---- leases ----------------------------------------------------------------------------------

    async def keep(self) -> None:
        """Extend leases, for ever."""
        while True:
            try:
                await self.look()
            except RetryLater as error:
                _log.warning("attendance_waits", reason=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Extend the leases of those who were seen, a few times within the grace; raises RetryLater."""
        grace, now = self._desk.away_after, self._clock.now()
        if grace is None:
            return
        self._seen = {it: at for it, at in self._seen.items() if now - at < grace}
        self._extended = {it: at for it, at in self._extended.items() if now - at < grace / 4}
        due = [it for it in self._seen if it not in self._extended]
        for technician_id in due:
            await _extend(self._desk, [technician_id], self._seen[technician_id])
            self._extended[technician_id] = now

    async def take_leave(self, tx: Tx, payload: dict[str, Any]) -> None:
        """A lease ran out: the technician is not available from now on, unless somebody else is to blame."""
        desk, now = self._desk, self._clock.now()
        technician = await desk.store.get(tx, Technician, payload["technician_id"])
        if technician is None or desk.away_after is None or not technician.available:
            return
        seen = max(payload["seen"], self._seen.get(technician.id, payload["seen"]))
        if self._is_excused(technician, payload["due"], desk.away_after):
            await expect(desk, tx, technician, seen, begins=now)
        elif now - seen < desk.away_after:
            await expect(desk, tx, technician, seen)
        else:
            await desk.save(tx, technician.vanished(seen, now))

    def _is_excused(self, technician: Technician, due: datetime, grace: timedelta) -> bool:
        """Whether they could not have been seen."""
        now, heard = self._clock.now(), self._heard.get(technician.tenant)
        silent = heard is None or now - heard > HEARD
        deaf = self._since is None or now - self._since < grace
        return deaf or silent or now - due > LATE
