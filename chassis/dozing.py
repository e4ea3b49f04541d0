"""Readers of the embedded broker sleep until somebody has written.

Its fetches do not wake for new records, so each reader would have to ask for ever: eighteen of them in a desk, and half
a core with nobody there. But that desk is one process, so whoever writes can tell whoever reads. A partition
is fetched from when a record was written to it until that was read; and all of them once in a while, for what comes
from elsewhere and for a broker that has begun anew.

Armed by `chassis.serve` where all services are in this process; else, and on Kafka, whose fetches wake, nobody dozes.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError

from chassis.jobs import beside

LOOK_SECONDS: Final = 1.0
"""How often every partition is fetched, though nobody here has written to it."""
_STEP_SECONDS: Final = 0.01
"""How often a reader that is awake looks whether it has read everything: a fetch or two."""

_armed = False
_dozers: defaultdict[TopicPartition, set["Dozer"]] = defaultdict(set)


def arm(*, armed: bool = True) -> None:
    """From now on, whoever writes in this process tells all who read in it."""
    global _armed  # noqa: PLW0603 - there is one process
    _armed = armed


def is_armed() -> bool:
    """Whether readers doze here."""
    return _armed


def ring(topic: str, partition: int, offset: int) -> None:
    """A record stands there now."""
    place = TopicPartition(topic, partition)
    for dozer in _dozers.get(place, ()):
        dozer.wake(place, offset)


def _held_by_nobody(_: TopicPartition) -> bool:
    return False


@asynccontextmanager
async def dozing(
    consumer: AIOKafkaConsumer, is_held: Callable[[TopicPartition], bool] = _held_by_nobody
) -> AsyncIterator[None]:
    """Let a consumer, all of whose partitions are assigned, sleep while there is nothing to read.

    `is_held` names the partitions that are paused because their reader has enough.
    """
    if not _armed:
        yield
        return
    dozer = Dozer(consumer, is_held)
    async with beside(dozer.run()):
        yield


class Dozer:
    """Pauses what was read to its end, and resumes what was written to."""

    def __init__(
        self, consumer: AIOKafkaConsumer, is_held: Callable[[TopicPartition], bool]
    ) -> None:
        self._consumer = consumer
        self._is_held = is_held
        self._partitions = frozenset(consumer.assignment())
        self._written: dict[TopicPartition, int] = {}
        """Up to where a partition has to be read, as far as writers told."""
        self._rung = asyncio.Event()

    def wake(self, partition: TopicPartition, offset: int) -> None:
        """Read a partition until this offset has been read."""
        self._written[partition] = max(offset + 1, self._written.get(partition, 0))
        self._resume(partition)
        self._rung.set()

    async def run(self) -> None:
        """For as long as the consumer lives; whatever ends it leaves nothing asleep."""
        loop = asyncio.get_running_loop()
        for partition in self._partitions:
            _dozers[partition].add(self)
        try:
            next_look = loop.time() + LOOK_SECONDS
            while True:
                # By the clock, so that steady writers do not keep it from what others wrote.
                if loop.time() >= next_look:
                    self._resume(*self._partitions)
                    next_look = loop.time() + LOOK_SECONDS
                if awake := self._partitions - self._consumer.paused():
                    await asyncio.sleep(_STEP_SECONDS)
                    await self._pause_what_is_read(awake)
                else:
                    await self._be_rung(next_look)
        finally:
            for partition in self._partitions:
                _dozers[partition].discard(self)
            self._resume(*self._partitions)

    async def _be_rung(self, at_last: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(at_last):
                await self._rung.wait()
        # At once, for a wait for what has happened already would give nobody else a turn.
        self._rung.clear()

    async def _pause_what_is_read(self, awake: Collection[TopicPartition]) -> None:
        read = {partition: await self._consumer.position(partition) for partition in awake}
        # Nothing is awaited from here on, so that nobody writes between the look and the pause.
        for partition in awake:
            if self._is_at_the_end(partition, read):
                self._consumer.pause(partition)
                # A broker that begins anew gives lower offsets than this one.
                self._written.pop(partition, None)

    def _is_at_the_end(self, partition: TopicPartition, read: dict[TopicPartition, int]) -> bool:
        end = self._consumer.highwater(partition)
        return end is not None and read[partition] >= max(end, self._written.get(partition, 0))

    def _resume(self, *partitions: TopicPartition) -> None:
        with suppress(IllegalStateError):
            self._consumer.resume(*(it for it in partitions if not self._is_held(it)))
