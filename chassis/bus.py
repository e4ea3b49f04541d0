"""Consumption, decided once: a record is acknowledged after its work, and no fault skips one.

FastStream reads; everything after that is ours, because its own policies lose or hammer (0.7.8):
its parser decodes header values and its decoder the body before anybody can object, an exception in
either is swallowed and the next commit passes the record over, and rejecting means acknowledging.
So the subscriber is under manual acknowledgement with a parser and a decoder that cannot fail and
hand over the raw record. Its loop takes one record at a time over all partitions, so a handler that
waited there would hold up everybody: ours only puts the record into its partition's lane. What
has come together is taken together, and tried as one transaction before it goes to the lanes. They are
bounded by pausing the partition; what is done is acknowledged a few times a second. Until then
a crash delivers records again, which the inbox knows.

With groups (Kafka) positions are committed to the broker, under static membership. The embedded
broker has none worth using: all partitions are assigned, and positions kept in MongoDB beside the
epoch of the log that they belong to.
"""

import asyncio
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import ConsumerStoppedError, IllegalStateError, KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka import TopicPartition as Assignment

from chassis import dozing
from chassis.clock import Clock, SystemClock
from chassis.closing import closed
from chassis.dead_letters import DeadLetters
from chassis.errors import RetryLater
from chassis.handling import Handler, Handling, Placed, Subscription, VersionGap
from chassis.keyring import KeySource
from chassis.lanes import Lane
from chassis.logs import logger
from chassis.pace import Pace
from chassis.parking import Parking
from chassis.positions import INDEXES, GroupPositions, Positions, StoredPositions
from chassis.producer import Producer
from chassis.progress import Progress
from chassis.raw import raw_message, raw_record
from chassis.replays import Replays
from chassis.runtime import Consumption, Runtime
from chassis.settings import Settings
from chassis.storage import MongoStorage
from chassis.topics import read_epoch, seq_of, wait_for_epoch
from contracts.topics import CHAT_LOG

__all__ = ["Bus", "Handler", "Placed", "Subscription", "VersionGap"]

ACKNOWLEDGE_SECONDS = 0.1
LOOK_SECONDS = 1.0
_SESSION_MS, _HEARTBEAT_MS = 6_000, 2_000
_METADATA_MS = 10_000
_RECONNECT_SECONDS = 0.5
_ASK_SECONDS = 2.0
_TAKEN_AT_ONCE = 500

_log = logger(__name__)


class _LogReplaced(RetryLater):
    """The embedded broker began anew: its epoch is another, and positions have to be looked up again."""


class Bus(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka has no types
    """One service's consumption. Subscribe first, then enter; it connects in the background."""

    def __init__(  # noqa: PLR0913 - what it is composed of
        self,
        settings: Settings,
        storage: MongoStorage,
        keyring: KeySource,
        producer: Producer,
        service: str,
        *,
        clock: Clock | None = None,
        end_process: Callable[[int], object] = os._exit,
    ) -> None:
        self._settings = settings
        self._storage = storage
        self._keyring = keyring
        self._service = service
        self._parking = Parking(storage.database, clock or SystemClock(), service)
        self.dead_letters = DeadLetters(storage.database, clock or SystemClock(), service, producer)
        self.replays = Replays(self.dead_letters)
        self._subscriptions: list[Subscription] = []
        self._handlings: dict[str, Handling] = {}
        self._progress = Progress(service, self._handlings.keys(), end_process)
        self._lanes: dict[TopicPartition, Lane] = {}
        self._acknowledged: dict[TopicPartition, int] = {}
        self._consumer: AIOKafkaConsumer | None = None
        self._pace = Pace()
        self._worked = 0.0
        self._begun = asyncio.Event()
        self._positions: Positions | None = None
        self._epoch: int | None = None
        self._broker_away = False
        self._task: asyncio.Task[None] | None = None

    def consume(self, subscription: Subscription) -> None:
        """Adds a subscription; one for each topic, before the bus is entered."""
        topic = subscription.topic.name
        if topic in self._handlings:
            raise ValueError(f"{self._service} subscribes to {topic} twice.")
        self._subscriptions.append(subscription)
        self._handlings[topic] = Handling(
            subscription,
            self._storage,
            self._keyring,
            self.dead_letters,
            self._parking,
            seq=self._seq,
        )
        self.replays.add(topic, self._handlings[topic].again, lambda: self._partitions_of(topic))

    async def attach(self, runtime: Runtime, *, needed: bool = True) -> None:
        """Consume, and take up replays, while the service runs; and let it tell how that goes."""
        await runtime.enter(self)
        if needed:
            runtime.check("bus", self.ready)
        runtime.consumes(self.consumption)
        runtime.state.dead_letters = self.dead_letters
        runtime.run("replays", self.replays.run)

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    def ready(self) -> str | None:
        """The reason why nothing, or not everything, is being consumed."""
        if self._task is not None and self._task.done():
            return "ended"
        if self._consumer is None or self._broker_away:
            return "broker away"
        waits = sorted({lane.waits_for for lane in self._lanes.values() if lane.waits_for})
        return f"waits for {', '.join(waits)}" if waits else None

    def consumption(self) -> list[Consumption]:
        """How far this instance is with each topic, as of the last look."""
        return [self._consumption(topic) for topic in self._handlings]

    def _consumption(self, topic: str) -> Consumption:
        waits = [
            lane.waits_for
            for place, lane in self._lanes.items()
            if place.topic == topic and lane.waits_for
        ]
        away = "BrokerAway" if self._consumer is None or self._broker_away else None
        return self._progress.of_topic(topic, away or next(iter(waits), None))

    def _partitions_of(self, topic: str) -> set[int]:
        if self._consumer is None:
            return set()
        return {place.partition for place in self._consumer.assignment() if place.topic == topic}

    # ---- the life of the connection -------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            try:
                await self._connect_and_watch()
            except (KafkaError, RetryLater) as error:
                _log.warning("bus_waits", service=self._service, error=type(error).__name__)
            except Exception:  # noqa: BLE001 - a service that stops consuming is worse than one that tries
                _log.exception("bus_failed", service=self._service)
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _connect_and_watch(self) -> None:
        await self._parking.prepare()
        await self.dead_letters.prepare()
        broker = self._broker()
        subscriber = self._subscriber(broker)
        try:
            stored = await self._stored() if self._settings.embedded else None
            await broker.start()
            consumer: AIOKafkaConsumer = subscriber.consumer
            self._epoch = None
            await self._begin(consumer, stored)
            async with dozing.dozing(consumer, self._has_enough):
                await self._watch(consumer)
        finally:
            self._begun.clear()
            self._consumer = None
            await self._close_lanes(list(self._lanes))
            await closed(broker.stop())

    async def _stored(self) -> StoredPositions:
        await self._storage.database.ensure_indexes(INDEXES)
        return StoredPositions(self._storage.database, await wait_for_epoch(self._settings))

    async def _begin(self, consumer: AIOKafkaConsumer, stored: StoredPositions | None) -> None:
        """Records that were fetched before the seek are no more at the position, and `_take` drops them."""
        if stored is None:
            self._positions = GroupPositions(consumer)
        else:
            self._positions = stored
            for partition, offset in (await stored.load()).items():
                if partition in consumer.assignment():
                    consumer.seek(partition, offset)
        self._consumer = consumer
        self._begun.set()

    async def _watch(self, consumer: AIOKafkaConsumer) -> None:
        next_look = 0.0
        while True:
            await asyncio.sleep(ACKNOWLEDGE_SECONDS)
            await self._acknowledge()
            if time.monotonic() >= next_look:
                await self._look(consumer)
                next_look = time.monotonic() + LOOK_SECONDS

    # ---- reading --------------------------------------------------------------------------------

    def _broker(self) -> KafkaBroker:
        log = logging.getLogger(f"{__name__}.faststream")
        # Below this it writes a line for each record.
        log.setLevel(logging.ERROR)
        return KafkaBroker(
            # FastStream takes a string for one address, where aiokafka takes it for several.
            self._settings.kafka.split(","),
            client_id=f"{self._service}-{self._settings.instance}",
            metadata_max_age_ms=_METADATA_MS,
            consumer_only=True,
            allow_auto_create_topics=False,
            apply_types=False,
            graceful_timeout=1.0,
            logger=log,
        )

    def _subscriber(self, broker: KafkaBroker) -> Any:
        how: dict[str, Any] = {
            "auto_offset_reset": "earliest",
            "ack_policy": AckPolicy.MANUAL,
            "fetch_max_wait_ms": self._settings.fetch_max_wait_ms(urgent=dozing.is_armed()),
            "parser": raw_message,
            "decoder": raw_record,
            "no_reply": True,
        }
        if self._settings.embedded:
            subscriber = broker.subscriber(partitions=self._all_partitions(), **how)
        else:
            subscriber = broker.subscriber(*self._handlings, **how, **self._membership())
        subscriber(self._take)
        return subscriber

    def _all_partitions(self) -> list[Assignment]:
        topics = [subscription.topic for subscription in self._subscriptions]
        return [Assignment(t.name, n, declare=False) for t in topics for n in range(t.partitions)]

    def _membership(self) -> dict[str, Any]:
        return {
            "group_id": self._service,
            "group_instance_id": f"{self._service}-{self._settings.instance}",
            "session_timeout_ms": _SESSION_MS,
            "heartbeat_interval_ms": _HEARTBEAT_MS,
            "listener": self,
        }

    async def _take(self, record: Any) -> None:
        """Called by FastStream for a record. It swallows exceptions, so none may leave here."""
        await self._begun.wait()
        await asyncio.sleep(self._pace.wait_seconds(self._worked))
        started = time.monotonic()
        partition, consumer = TopicPartition(record.topic, record.partition), self._consumer
        if consumer is None or not await _is_current(consumer, partition, record):
            return
        come = defaultdict(list, {partition: [record]})
        # What has come meanwhile is taken at once: one by one FastStream spends more on a record than we do.
        with suppress(KafkaError, ConsumerStoppedError):
            more = await consumer.getmany(timeout_ms=0, max_records=_TAKEN_AT_ONCE)
            for place, records in more.items():
                come[place] += records
        # Nothing is awaited from here to the lanes: one that is another instance's by now must not be opened.
        ours = come.keys() & consumer.assignment()
        lanes = {self._lane(consumer, place, come[place]): come[place] for place in ours}
        await asyncio.gather(*(self._work_off(lanes, topic) for topic in {p.topic for p in ours}))
        self._worked = time.monotonic() - started

    def _lane(
        self, consumer: AIOKafkaConsumer, partition: TopicPartition, records: list[ConsumerRecord]
    ) -> Lane:
        if partition not in self._lanes:
            work, position = self._handlings[partition.topic], records[0].offset
            self._lanes[partition] = Lane(partition, consumer, work, position)
        return self._lanes[partition]

    def _has_enough(self, partition: TopicPartition) -> bool:
        return partition in self._lanes and self._lanes[partition].is_full()

    async def _work_off(self, come: dict[Lane, list[ConsumerRecord]], topic: str) -> None:
        """All of a topic together if that goes well, else each partition in its lane, which may wait."""
        mine = {lane: records for lane, records in come.items() if lane.partition.topic == topic}
        free = {lane: records for lane, records in mine.items() if lane.is_free()}
        together = [record for records in free.values() for record in records]
        if len(together) > 1 and await self._handlings[topic].handle_together(together):
            for lane, records in free.items():
                lane.position = records[-1].offset + 1
                del mine[lane]
        for lane, records in mine.items():
            for record in records:
                lane.offer(record)

    async def _seq(self, record: ConsumerRecord) -> int:
        """Asked for at a log's first record: whoever writes there has issued the epoch before."""
        if record.topic != CHAT_LOG.name:
            return 0
        if self._epoch is None:
            self._epoch = await read_epoch(self._settings)
        return seq_of(self._epoch or 0, record.offset)

    # ---- acknowledging --------------------------------------------------------------------------

    async def _acknowledge(self, partitions: Iterable[TopicPartition] | None = None) -> None:
        lanes = self._lanes if partitions is None else partitions
        positions = {p: self._lanes[p].position for p in lanes if p in self._lanes}
        news = {p: at for p, at in positions.items() if self._acknowledged.get(p) != at}
        if not news or self._positions is None:
            return
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                await self._positions.save(news)
        except (KafkaError, RetryLater, TimeoutError) as error:
            # Nothing is lost: the next time says the same or more, and until then records come again.
            _log.warning("not_acknowledged", service=self._service, error=type(error).__name__)
        else:
            self._acknowledged.update(news)

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        await self._close_lanes(list(revoked))

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Lanes are opened by their first record."""

    async def _close_lanes(self, partitions: list[TopicPartition]) -> None:
        lanes = [self._lanes[p] for p in partitions if p in self._lanes]
        await asyncio.gather(*(lane.stop() for lane in lanes))
        await self._acknowledge(partitions)
        for partition in partitions:
            self._lanes.pop(partition, None)
            self._acknowledged.pop(partition, None)
            self._progress.forget(partition)
            self._handlings[partition.topic].close(partition.partition)

    # ---- looking after it -----------------------------------------------------------------------

    async def _look(self, consumer: AIOKafkaConsumer) -> None:
        partitions = list(consumer.assignment())
        try:
            async with asyncio.timeout(_ASK_SECONDS):
                # Positions first: what is read in between would look like a shorter log.
                read = {p: await consumer.position(p) for p in partitions}
                ends = await consumer.end_offsets(partitions) if partitions else {}
        except (KafkaError, TimeoutError):
            self._broker_away = True
            self._progress.excuse_all()
            return
        self._broker_away = False
        for partition in partitions:
            # What came with fetched records is exact; the embedded broker's own answer can be too low.
            end = consumer.highwater(partition)
            if end is not None and end < read[partition] and self._settings.embedded:
                _log.warning("log_got_shorter", topic=partition.topic)
                raise _LogReplaced
            ends[partition] = max(ends[partition], end or 0)
        self._progress.measure(ends, read, self._lanes)


async def _is_current(
    consumer: AIOKafkaConsumer, partition: TopicPartition, record: ConsumerRecord
) -> bool:
    """Whether the record is the last one read, and not from before a seek or a change of assignment."""
    with suppress(IllegalStateError):
        return partition in consumer.assignment() and (
            await consumer.position(partition) == record.offset + 1
        )
    return False
