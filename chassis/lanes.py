"""One partition's records, in their order, one at a time; partitions do not wait for each other."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from chassis.handling import Tell

FULL, LOW = 200, 50
"""A lane with so many records waiting pauses its partition, and asks for more when it is this low."""
_FINISH_SECONDS = 2.0

Handle = Callable[[ConsumerRecord, Tell], Awaitable[None]]


class Lane:
    """Works through what it is offered. `position` is what may be acknowledged."""

    def __init__(
        self, partition: TopicPartition, consumer: AIOKafkaConsumer, handle: Handle, position: int
    ) -> None:
        self.position = position
        self.waits_for: str | None = None
        self._partition = partition
        self._consumer = consumer
        self._handle = handle
        self._queue: asyncio.Queue[ConsumerRecord] = asyncio.Queue()
        self._idle = asyncio.Event()
        self._task = asyncio.create_task(self._work())

    def offer(self, record: ConsumerRecord) -> None:
        self._queue.put_nowait(record)
        if self._queue.qsize() == FULL:
            self._consumer.pause(self._partition)

    async def stop(self) -> None:
        """Lets the record in hand finish, unless it waits for something, and forgets the others."""
        self._queue = asyncio.Queue()
        if self.waits_for is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_FINISH_SECONDS):
                    await self._idle.wait()
        self._task.cancel()
        await asyncio.wait({self._task})

    async def _work(self) -> None:
        while True:
            self._idle.set()
            record = await self._queue.get()
            self._idle.clear()
            await self._handle(record, self._tell)
            self._tell(None)
            self.position = record.offset + 1
            if self._queue.qsize() == LOW:
                self._ask_for_more()

    def _tell(self, waits_for: str | None) -> None:
        self.waits_for = waits_for

    def _ask_for_more(self) -> None:
        if self._partition in self._consumer.assignment():
            self._consumer.resume(self._partition)
