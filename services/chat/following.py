"""Following the log: relay and persister, side by side, on the log of one epoch."""

import asyncio
from collections.abc import Coroutine

from aiokafka import TopicPartition

from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.mongo import DatabaseAway
from chassis.settings import Settings
from chassis.tail import Tail
from contracts.topics import CHAT_LOG
from services.chat.epochs import EpochKeeper
from services.chat.log import Log
from services.chat.persister import Persister
from services.chat.relay import Relay
from services.chat.storage import ChatStore
from services.chat.watermarks import Watermarks

LOOK_SECONDS = 0.5
"""How often the watermarks of partitions are asked for that another instance stores."""


class LogShorter(RetryLater):
    """The log ends before what was read of it. With a new epoch all is well; else records were lost."""


class Following:
    """Runs until the log begins anew, and is then run again."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it runs
        self,
        settings: Settings,
        epochs: EpochKeeper,
        store: ChatStore,
        watermarks: Watermarks,
        log: Log,
        relay: Relay,
        persister: Persister,
    ) -> None:
        self._settings = settings
        self._epochs = epochs
        self._store = store
        self._watermarks = watermarks
        self._log = log
        self._relay = relay
        self.persister = persister
        self._epoch = 0
        self._begun = asyncio.Event()
        self._trouble: str | None = "the log is not followed yet"

    def ready(self) -> str | None:
        """The reason why messages cannot be accepted or delivered."""
        waits_for = self.persister.waits_for
        return f"the store waits for {waits_for}" if waits_for else self._trouble

    async def epoch(self) -> int:
        """The epoch of the log, as soon as there is one."""
        await self._begun.wait()
        return self._epoch

    async def run(self) -> None:
        """Follow; raises LogShorter, or whatever else ended it."""
        try:
            self._epoch = await self._epochs.begin()
            self._begun.set()
            await self._note_watermarks()
            self._relay.begin(self._epoch, await self._store.watermarks())
            await self._side_by_side(self._epoch)
        except Exception as error:
            self._trouble = type(error).__name__
            raise
        finally:
            self._log.epoch = None

    async def _side_by_side(self, epoch: int) -> None:
        rewound = asyncio.Event()
        await _first_to_end(
            self._fan_out(epoch, rewound),
            self.persister.run(epoch),
            self._look_at_watermarks(),
            _end_when(rewound),
        )

    async def _fan_out(self, epoch: int, rewound: asyncio.Event) -> None:
        def start(place: TopicPartition) -> int:
            return self._relay.next_offset(place.partition)

        tail = Tail(
            self._settings, [CHAT_LOG], start, on_rewind=lambda _: rewound.set(), urgent=True
        )
        async with tail, beside(self._accept(tail, epoch)):
            async for batch in tail:
                if rewound.is_set():
                    raise LogShorter
                await self._relay.take(batch)

    async def _accept(self, tail: Tail, epoch: int) -> None:
        """Once everything is known that was there at the start."""
        await tail.caught_up()
        self._log.epoch = epoch
        self._trouble = None

    async def _look_at_watermarks(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self._note_watermarks()
            except DatabaseAway:
                # The persister says so; memory holds what is not stored.
                continue

    async def _note_watermarks(self) -> None:
        self._watermarks.advance(await self._store.watermarks())


async def _end_when(rewound: asyncio.Event) -> None:
    # The fan-out itself may wait for ever: a fresh log has nothing that would wake it.
    await rewound.wait()
    raise LogShorter


async def _first_to_end(*work: Coroutine[None, None, None]) -> None:
    """Run all of it until one ends, and raise what it raised."""
    tasks = [asyncio.create_task(it) for it in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
