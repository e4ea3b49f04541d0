"""Publishes an outbox, and publishes its recent past again to a broker that has lost its log.

The embedded broker keeps everything in memory. What others had not read when it ended would be
lost with it; so each service notes which log it published to, and repeats itself, marked as a
replay, when it finds another. Who had read it knows the ids.
"""

import asyncio
from datetime import timedelta
from typing import Final

from chassis.app import Runtime
from chassis.logs import logger
from chassis.mongo import Database, Index
from chassis.outbox import Publisher
from chassis.topics import wait_for_epoch

LOG: Final = "published_log"
INDEXES: Final[dict[str, list[Index]]] = {LOG: []}
AGAIN: Final = timedelta(days=1)
"""Longer than any service is away from a broker that is still there; counted back from the last publication."""
LOOK_SECONDS: Final = 5.0

_THE_ONE: Final = {"_id": "log"}
_log = logger(__name__)


class FreshLog:
    """The publisher of one service, on whichever log there is."""

    def __init__(
        self,
        runtime: Runtime,
        database: Database,
        publisher: Publisher,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._runtime = runtime
        self._database = database
        self._log = database.collection(LOG)
        self._publisher = publisher
        self._look_seconds = look_seconds
        self._compared = asyncio.Event()

    def attach(self) -> None:
        """Publish, and look after the log, while the service runs."""
        self._runtime.run("publisher", self._publish)
        self._runtime.run("fresh_log", self._look)

    async def _publish(self) -> None:
        # Not before the log has its epoch: by then it has all its topics too, and none is made up.
        await self._compared.wait()
        await self._publisher.run()

    async def _look(self) -> None:
        await self._database.ensure_indexes(INDEXES)
        while True:
            await self._compare()
            self._compared.set()
            await asyncio.sleep(self._look_seconds)

    async def _compare(self) -> None:
        epoch = await wait_for_epoch(self._runtime.settings)
        known = await self._log.find_one(_THE_ONE)
        if known is not None and known["epoch"] == epoch:
            return
        if known is not None:
            count = await self._publisher.republish(AGAIN)
            _log.warning("log_is_another", epoch=epoch, published_again=count)
        # Noted last: a crash in between publishes again, which does no harm.
        await self._log.update_one(_THE_ONE, {"$set": {"epoch": epoch}}, upsert=True)
