"""Tells the directory to the broker: at each start, and again to a broker that has lost its log.

A file of its own, because it is portal's only standing task.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from chassis.logs import logger
from chassis.settings import Settings
from chassis.topics import wait_for_epoch
from services.portal.desk import Desk
from services.portal.founding import republish

LOOK_SECONDS: Final = 5.0
"""How soon a broker's new log is noticed."""

_log = logger(__name__)


class Herald:
    """Every log is told the whole directory; the epoch tells one log from the next."""

    def __init__(self, settings: Settings, desk: Desk, look_seconds: float = LOOK_SECONDS) -> None:
        self._settings = settings
        self._desk = desk
        self._look_seconds = look_seconds
        self._told: int | None = None

    async def run(self) -> None:
        """Looks for ever."""
        while True:
            await self._look()
            await asyncio.sleep(self._look_seconds)

    async def once_begun(self, job: Callable[[], Awaitable[None]]) -> None:
        """Runs the job when the log has its epoch: by then it has its topics, and none is made up."""
        await wait_for_epoch(self._settings)
        await job()

    async def _look(self) -> None:
        epoch = await wait_for_epoch(self._settings)
        if epoch == self._told:
            return
        count = await republish(self._desk)
        _log.info("directory_told", records=count, epoch=epoch)
        # Noted last: a failure in between tells everything once more, which does no harm.
        self._told = epoch
