"""Which technicians are connected (X4): told for portal, which alone decides what follows from somebody's absence.

Each relay tells it of every account whose people are available or connected, every few seconds and also when
nobody is: only where somebody would have told is silence about a person their absence.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from typing import Final

from chassis.clock import Clock
from chassis.directory import Directory
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.logs import logger
from contracts.chat import StaffConnected
from contracts.envelope import Actor
from services.chat.domain import VIA_DESK
from services.chat.hub import Hub
from services.chat.log import Log

TOLD_SECONDS: Final = 5.0

_log = logger(__name__)


class Attendance:
    """Tells who is connected to this instance."""

    def __init__(self, hub: Hub, log: Log, directory: Directory, clock: Clock) -> None:
        self._hub = hub
        self._log = log
        self._directory = directory
        self._clock = clock
        self._id = new_id()

    async def keep(self) -> None:
        """Tell, for ever."""
        while True:
            try:
                await self.tell()
            except RetryLater as error:
                _log.warning("attendance_waits", reason=type(error).__name__)
            await asyncio.sleep(TOLD_SECONDS)

    async def tell(self) -> None:
        """Tell once, of each account; raises RetryLater."""
        here: defaultdict[str, set[str]] = defaultdict(set)
        for technician in self._directory.staff():
            if technician.available:
                here[technician.tenant].update()
        for identity in self._hub.technicians():
            here[identity.tenant].add(identity.id)
        for tenant, people in here.items():
            await self._log.signal(self._signal(tenant, people))

    def _signal(self, tenant: str, people: Collection[str]) -> StaffConnected:
        signal_id = new_id()
        return StaffConnected(
            id=signal_id,
            time=self._clock.now(),
            tenant=tenant,
            key=tenant,
            aggregate_version=0,
            actor=Actor(kind="system", via=VIA_DESK),
            correlation_id=signal_id,
            relay_id=self._id,
            technicians=tuple(sorted(people)),
        )
