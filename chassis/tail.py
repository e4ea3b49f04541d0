"""Reading whole topics without a group: every instance sees every record.

Used where each instance needs everything (directory, data keys, the relay's fan-out). Nothing is
acknowledged; where to begin is the reader's own knowledge. A broker that comes back with a shorter
log would let a reader wait at its old position in silence, so positions are compared with the ends:
with those that came with fetched records, because the embedded broker's answer to the question for
the end offset is that of the beginning of its last batch, plus one.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import NamedTuple, Self

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError, UnknownTopicOrPartitionError

from chassis import dozing
from chassis.closing import closed
from chassis.logs import logger
from chassis.settings import Settings
from contracts.topics import Topic

LOOK_SECONDS = 1.0
"""How often positions are compared with the ends of the log."""
_RECONNECT_SECONDS = 0.5
_POLL_MS = 200
_REST_SECONDS = 0.03
"""For so long a reader that is not urgent leaves what comes next: each fetch asks for all partitions, which costs
more than its records do. The first record after a pause does not wait.
"""

END = -1
"""As a start: the end of the log as it is when the tail connects."""

Start = Callable[[TopicPartition], int | None]
OnRewind = Callable[[TopicPartition], None]

_log = logger(__name__)


class Batch(NamedTuple):
    """Records of one partition in their order; keys, values and header values are bytes or None."""

    topic: str
    partition: int
    records: list[ConsumerRecord]


def _from_the_beginning(_: TopicPartition) -> int | None:
    return None


def _unnoticed(_: TopicPartition) -> None:
    return None


class Tail:
    """`async with Tail(...) as tail: async for batch in tail: ...` (`urgent`: see Settings.fetch_max_wait_ms)

    `start` gives the offset to begin at for each partition, None for its beginning, or `END`. `on_rewind` is
    told of a partition that begins anew, before its first record, because its log got shorter than
    what was read.
    """

    def __init__(
        self,
        settings: Settings,
        topics: Iterable[Topic],
        start: Start = _from_the_beginning,
        *,
        on_rewind: OnRewind = _unnoticed,
        urgent: bool = False,
    ) -> None:
        self._settings = settings
        self._urgent = urgent
        self._partitions = [TopicPartition(t.name, n) for t in topics for n in range(t.partitions)]
        self._start = start
        self._on_rewind = on_rewind
        self._consumer: AIOKafkaConsumer | None = None
        self._beside = AsyncExitStack()
        self._goal: dict[TopicPartition, int] = {}
        self._read: dict[TopicPartition, int] = {}
        self._caught_up = asyncio.Event()
        self._next_look = 0.0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await self._beside.aclose()
        finally:
            if self._consumer is not None:
                await closed(self._consumer.stop())

    async def caught_up(self) -> None:
        """Returns once everything that was there at the start has been taken and worked on by the loop."""
        await self._caught_up.wait()

    async def __aiter__(self) -> AsyncIterator[Batch]:
        consumer = await self._connected()
        while True:
            await self._look(consumer)
            fetched = await consumer.getmany(timeout_ms=_POLL_MS)
            for partition, records in fetched.items():
                self._notice_rewind(partition, records)
                yield Batch(partition.topic, partition.partition, records)
            if fetched and self._may_rest():
                await asyncio.sleep(_REST_SECONDS)

    def _may_rest(self) -> bool:
        """Not while it is behind; and the embedded broker's fetches have waited for long enough."""
        return self._caught_up.is_set() and not (self._urgent or self._settings.embedded)

    async def _connected(self) -> AIOKafkaConsumer:
        """Waits for the broker as long as it takes: a service without it is not ready, but alive."""
        while self._consumer is None:
            try:
                self._consumer = await self._connect()
            except KafkaError as error:
                _log.warning("tail_waits_for_broker", error=type(error).__name__)
                await asyncio.sleep(_RECONNECT_SECONDS)
            else:
                await self._beside.enter_async_context(dozing.dozing(self._consumer))
        return self._consumer

    async def _connect(self) -> AIOKafkaConsumer:
        urgent = self._urgent or dozing.is_armed()
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.kafka,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=self._settings.fetch_max_wait_ms(urgent=urgent, whole=True),
        )
        try:
            await consumer.start()
            await self._require_topics(consumer)
            consumer.assign(self._partitions)
            self._goal = await consumer.end_offsets(self._partitions)
            self._seek(consumer)
        except BaseException:
            await closed(consumer.stop())
            raise
        return consumer

    async def _require_topics(self, consumer: AIOKafkaConsumer) -> None:
        """Waits for provisioning: asked for a topic by name, the embedded broker would invent it."""
        missing = {partition.topic for partition in self._partitions} - await consumer.topics()
        if missing:
            raise UnknownTopicOrPartitionError(", ".join(sorted(missing)))

    def _seek(self, consumer: AIOKafkaConsumer) -> None:
        for partition in self._partitions:
            wanted = self._start(partition)
            if wanted == END:
                wanted = self._goal[partition]
            if wanted is not None:
                consumer.seek(partition, wanted)
                self._read[partition] = wanted

    async def _look(self, consumer: AIOKafkaConsumer) -> None:
        """Runs between two batches, so a position says that everything before it was worked on."""
        now = asyncio.get_running_loop().time()
        if now < self._next_look and self._caught_up.is_set():
            return
        self._next_look = now + LOOK_SECONDS
        behind = [p for p in self._partitions if not await self._is_past_goal(consumer, p)]
        if not behind:
            self._caught_up.set()

    async def _is_past_goal(self, consumer: AIOKafkaConsumer, partition: TopicPartition) -> bool:
        position, end = await consumer.position(partition), consumer.highwater(partition)
        if end is None:
            # Nothing was fetched yet. Kafka's own answer of the start says whether there is anything to wait for;
            # the embedded broker's does not.
            return position == self._goal[partition] and not self._settings.embedded
        if end < position and self._settings.embedded:
            # Kafka itself sends a reader back to the beginning of a log that ends before its position (and a
            # new leader may say for a moment that it does); the embedded broker answers for ever that there
            # is nothing yet.
            await consumer.seek_to_beginning(partition)
            position = await consumer.position(partition)
        return bool(position >= min(self._goal[partition], end))

    def _notice_rewind(self, partition: TopicPartition, records: list[ConsumerRecord]) -> None:
        """Told before the first record of the shorter log, so that a reader can forget in time."""
        if records[0].offset < self._read.get(partition, 0):
            _log.warning("log_got_shorter", topic=partition.topic, partition=partition.partition)
            self._on_rewind(partition)
        self._read[partition] = records[-1].offset + 1
