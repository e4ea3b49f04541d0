"""One partition's records, in their order; partitions do not wait for each other.

What has come alone is handled alone. What waits together is handled together: under a flood one
transaction for many records is what keeps a service from falling behind.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from chassis.handling import Tell

FULL, LOW = 200, 50
"""A lane with so many records waiting pauses its partition, and asks for more when it is this low."""
IN_HAND = 100
"""So many a lane takes in hand at once: what it has in hand is not counted as waiting, and must be bounded too."""
_FINISH_SECONDS = 2.0


class Work(Protocol):
    """What is done with records; `chassis.handling.Handling` is it."""

    async def handle(self, record: ConsumerRecord, tell: Tell) -> None:
        """Returns when the record may be acknowledged, however long that takes."""
        ...

    async def handle_together(self, records: Sequence[ConsumerRecord]) -> bool:
        """Handles all of them or none; False if they must be handled one by one."""
        ...


class Lane:
    """Works through what it is offered. `position` is what may be acknowledged."""

    def __init__(
        self, partition: TopicPartition, consumer: AIOKafkaConsumer, work: Work, position: int
    ) -> None:
        self.position = position
        self.waits_for: str | None = None
        self.partition = partition
        self._consumer = consumer
        self._work = work
        self._queue: asyncio.Queue[ConsumerRecord] = asyncio.Queue()
        self._idle = asyncio.Event()
        self._idle.set()
        self._paused = self._stopping = False
        self._task = asyncio.create_task(self._run())

    def offer(self, record: ConsumerRecord) -> None:
        self._queue.put_nowait(record)
        if self._queue.qsize() >= FULL and not self._paused:
            self._paused = True
            self._consumer.pause(self.partition)

    def is_free(self) -> bool:
        """Whether nothing is being done here, nor waits."""
        return self._queue.empty() and self._idle.is_set()

    def is_full(self) -> bool:
        """Whether so much waits here that nothing more is asked for."""
        return self._paused

    async def stop(self) -> None:
        """Lets what is in hand finish, unless it waits for something, and forgets the others."""
        self._stopping = True
        self._queue = asyncio.Queue()
        if self.waits_for is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_FINISH_SECONDS):
                    await self._idle.wait()
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _run(self) -> None:
        while True:
            self._idle.set()
            records = await self._next()
            if not await self._all_at_once(records):
                await self._one_by_one(records)

    async def _next(self) -> list[ConsumerRecord]:
        records = [await self._queue.get()]
        self._idle.clear()
        while len(records) < IN_HAND and not self._queue.empty():
            records.append(self._queue.get_nowait())
        if self._paused and self._queue.qsize() <= LOW:
            self._ask_for_more()
        return records

    async def _all_at_once(self, records: list[ConsumerRecord]) -> bool:
        if len(records) == 1 or not await self._work.handle_together(records):
            return False
        self.position = records[-1].offset + 1
        return True

    async def _one_by_one(self, records: list[ConsumerRecord]) -> None:
        for record in records:
            if not self._stopping:
                await self._work.handle(record, self._tell)
                self._tell(None)
                self.position = record.offset + 1

    def _tell(self, waits_for: str | None) -> None:
        self.waits_for = waits_for

    def _ask_for_more(self) -> None:
        self._paused = False
        if self.partition in self._consumer.assignment():
            self._consumer.resume(self.partition)
