"""The persister: the log becomes the archive, in bulk and at least once.

A batch is stored, then its watermarks, then it is committed, so that a crash in between only stores
again what is stored. On Kafka a consumer group shares the partitions; where each begins is the
watermark's to say, and committed offsets only tell others how far it is. The embedded broker has
no groups worth using: there one instance takes all partitions.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from chassis import dozing, metrics, tracing
from chassis.deaths import DeadLetter, Outcome
from chassis.errors import RetryLater
from chassis.failpoints import failpoint
from chassis.logs import logger
from chassis.runtime import Consumption
from chassis.settings import Settings
from contracts.topics import CHAT_LOG
from services.chat.keeping import Keeping
from services.chat.positions import epoch_of, offset_of, seq_of
from services.chat.storage import ChatStore
from services.chat.watermarks import Watermarks

BATCH_RECORDS: Final = 2_000
POLL_MS: Final = 200
GATHERED_BYTES: Final = 128 * 1024
"""What the broker gathers for a batch, unless the wait of a fetch is over before.

The log has what waits, and nobody waits for the store, so a few large batches a second cost least. With
the embedded broker somebody does: only what is stored is acknowledged there.
"""
GROUP: Final = "chat-persister"
_SESSION_MS, _HEARTBEAT_MS = 6_000, 2_000
_FIRST_BACKOFF, _LAST_BACKOFF = 0.2, 5.0

Fetched = dict[TopicPartition, list[ConsumerRecord]]

_log = logger(__name__)


class Persister(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """Stores the log of one epoch."""

    def __init__(
        self, settings: Settings, store: ChatStore, keeping: Keeping, watermarks: Watermarks
    ) -> None:
        self._settings = settings
        self._store = store
        self._keeping = keeping
        self._watermarks = watermarks
        self._consumer: AIOKafkaConsumer | None = None
        self._epoch = 0
        self.waits_for: str | None = None
        """Why the batch in hand cannot be stored yet."""
        self._lag = 0

    def partitions(self) -> set[int]:
        """Those that this instance stores."""
        there = self._consumer.assignment() if self._consumer is not None else ()
        return {place.partition for place in there}

    async def again(self, letter: DeadLetter) -> Outcome:
        """Store a dead letter after all; raises `StillDead`."""
        return await self._keeping.again(letter)

    def consumption(self) -> list[Consumption]:
        """How far the store is behind the log."""
        return [Consumption(CHAT_LOG.name, self._lag, waits_for=self.waits_for)]

    async def run(self, epoch: int) -> None:
        """Store this log, for ever; raises KafkaError."""
        self._epoch = epoch
        async with self._consuming() as consumer:
            while True:
                fetched = await consumer.getmany(timeout_ms=POLL_MS, max_records=BATCH_RECORDS)
                if fetched:
                    await self._patiently(fetched)
                    await self._commit(consumer)
                self._measure(consumer)

    async def _patiently(self, fetched: Fetched) -> None:
        """Tries for as long as it takes: nothing behind the batch may be stored before it."""
        backoff = _FIRST_BACKOFF
        while True:
            try:
                await self._store_batch(fetched)
            except RetryLater as error:
                self.waits_for = type(error).__name__
                _log.warning("persister_waits", reason=self.waits_for)
                await asyncio.sleep(backoff)
                backoff = min(backoff * 2, _LAST_BACKOFF)
            else:
                self.waits_for = None
                return

    async def _store_batch(self, fetched: Fetched) -> None:
        started = time.perf_counter()
        records = [record for records in fetched.values() for record in records]
        with tracing.follow_all("chat-log store", records):
            await self._keeping.keep(self._epoch, records)
        await failpoint("persister.after_store")
        reached = {
            partition.partition: seq_of(self._epoch, records[-1].offset)
            for partition, records in fetched.items()
        }
        await self._store.advance(reached)
        self._watermarks.advance(reached)
        metrics.STORE_SECONDS.labels("chat").observe(time.perf_counter() - started)
        metrics.STORE_RECORDS.labels("chat").inc(len(records))

    def _measure(self, consumer: AIOKafkaConsumer) -> None:
        behind = 0
        for partition in consumer.assignment():
            end = consumer.highwater(partition) or 0
            stored = self._watermarks.stored(partition.partition)
            done = offset_of(stored) + 1 if epoch_of(stored) == self._epoch else 0
            behind += max(0, end - done)
        self._lag = behind
        metrics.LAG_RECORDS.labels("chat", CHAT_LOG.name).set(behind)

    # ---- where to begin --------------------------------------------------------------------------

    @asynccontextmanager
    async def _consuming(self) -> AsyncIterator[AIOKafkaConsumer]:
        consumer = self._consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.kafka,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            fetch_max_wait_ms=self._settings.fetch_max_wait_ms(urgent=True),
            fetch_min_bytes=1 if self._settings.embedded else GATHERED_BYTES,
            **self._membership(),
        )
        await consumer.start()
        try:
            await self._join(consumer)
            async with dozing.dozing(consumer):
                yield consumer
        finally:
            await consumer.stop()

    def _membership(self) -> dict[str, object]:
        if self._settings.embedded:
            return {}
        # Static membership: an instance that comes back within the session keeps its partitions.
        return {
            "group_id": GROUP,
            "group_instance_id": f"{GROUP}-{self._settings.instance}",
            "session_timeout_ms": _SESSION_MS,
            "heartbeat_interval_ms": _HEARTBEAT_MS,
        }

    async def _join(self, consumer: AIOKafkaConsumer) -> None:
        if not self._settings.embedded:
            consumer.subscribe([CHAT_LOG.name], listener=self)
            return
        partitions = [TopicPartition(CHAT_LOG.name, it) for it in range(CHAT_LOG.partitions)]
        consumer.assign(partitions)
        await self.on_partitions_assigned(partitions)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Begin each partition behind its watermark, or with the log if that is of an older one."""
        if self._consumer is None:
            return
        stored = await self._store.watermarks()
        for partition in assigned:
            seq = stored.get(partition.partition, 0)
            begin = offset_of(seq) + 1 if epoch_of(seq) == self._epoch else 0
            self._consumer.seek(partition, begin)

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """What is in hand may still be stored: whoever takes over stores the same."""

    async def _commit(self, consumer: AIOKafkaConsumer) -> None:
        if self._settings.embedded:
            return
        try:
            await consumer.commit()
        except KafkaError as error:
            # The group is being shared anew. Nothing is lost by it: the watermarks say where to begin.
            _log.warning("persister_not_committed", error=type(error).__name__)
