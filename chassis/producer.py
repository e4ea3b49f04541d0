"""The one way to a topic: every in-sync replica has the record when `send` returns."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from types import TracebackType
from typing import NamedTuple, Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)
from aiokafka.partitioner import DefaultPartitioner, murmur2

from chassis import dozing, tracing
from chassis.closing import closed
from chassis.codec import Record
from chassis.errors import RetryLater
from chassis.logs import logger
from chassis.settings import Settings

Headers = Sequence[tuple[str, bytes]]
_unkeyed = DefaultPartitioner()


@lru_cache(maxsize=20_000)
def partition_of(key: bytes, partitions: int) -> int:
    """Where Kafka's own partitioner puts a key; remembered, because it is reckoned in Python."""
    return int(murmur2(key) & 0x7FFFFFFF) % partitions


def _partition(key: bytes | None, every: Sequence[int], available: Sequence[int]) -> int:
    if key is None:
        return int(_unkeyed(key, every, available))
    return every[partition_of(key, len(every))]


PATIENCE_SECONDS = 2.0
_OWN_FAULT = (MessageSizeTooLargeError, RecordListTooLargeError, InvalidTopicError)
"""What another attempt cannot mend: these reach the caller as they are."""

_log = logger(__name__)


class Position(NamedTuple):
    """Where a record stands."""

    topic: str
    partition: int
    offset: int


class BrokerAway(RetryLater):
    """Kafka did not confirm the record in time. It may still arrive: repeat it under the same id."""


class Producer:
    """Sends records; connects with the first of them, and anew after an error that aiokafka cannot survive.

    Records of one topic are handed to Kafka in the order of the calls.
    """

    def __init__(self, settings: Settings, *, patience: float = PATIENCE_SECONDS) -> None:
        self._settings = settings
        self._patience = patience
        self._driven: AIOKafkaProducer | None = None
        self._connecting = asyncio.Lock()
        self._queues: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._discard()

    async def send(self, record: Record) -> Position:
        """Raises BrokerAway when the broker has not confirmed in time, KafkaError for a record it refuses."""
        return await self.send_raw(record.topic, record.key.encode(), record.value, record.headers)

    def send_nowait(self, record: Record) -> asyncio.Task[Position]:
        """The same without waiting; the task's result must be looked at."""
        return asyncio.create_task(self.send(record))

    async def send_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> Position:
        """Sends what may be no message of ours: a tombstone (no value), or a record for the dead letters."""
        with tracing.sending(topic, headers) as sent:
            return await self._send(topic, key, value, sent)

    async def _send(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Headers
    ) -> Position:
        driven = None
        try:
            async with asyncio.timeout(self._patience):
                async with self._queues[topic]:
                    driven = await self._connected()
                    delivery = await driven.send(topic, value, key, headers=list(headers))
                metadata = await delivery
        except TimeoutError as error:
            raise BrokerAway from error
        except _OWN_FAULT:
            raise
        except KafkaError as error:
            await self._judge(driven, error)
            raise BrokerAway from error
        dozing.ring(metadata.topic, metadata.partition, metadata.offset)
        return Position(metadata.topic, metadata.partition, metadata.offset)

    async def ping(self) -> None:
        """Raises BrokerAway unless a broker answers."""
        try:
            async with asyncio.timeout(self._patience):
                driven = await self._connected()
                await driven.client.fetch_all_metadata()
        except (TimeoutError, KafkaError) as error:
            raise BrokerAway from error

    async def _judge(self, driven: AIOKafkaProducer | None, error: KafkaError) -> None:
        """aiokafka tries again by itself after what it calls retriable; after anything else it stays broken."""
        if not error.retriable and driven is not None and driven is self._driven:
            _log.warning("producer_rebuilt", error=type(error).__name__)
            await self._discard()

    async def _connected(self) -> AIOKafkaProducer:
        if self._driven is not None:
            return self._driven
        async with self._connecting:
            if self._driven is None:
                self._driven = await self._connect()
            return self._driven

    async def _connect(self) -> AIOKafkaProducer:
        driven = AIOKafkaProducer(
            bootstrap_servers=self._settings.kafka,
            acks="all",
            enable_idempotence=not self._settings.embedded,
            linger_ms=0,
            request_timeout_ms=10_000,
            partitioner=_partition,
        )
        try:
            await driven.start()
        except BaseException:
            await closed(driven.stop())
            raise
        return driven

    async def _discard(self) -> None:
        driven, self._driven = self._driven, None
        if driven is not None:
            await closed(driven.stop())
