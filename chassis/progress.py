"""How far a service is with what it consumes: how much is left of each topic, and whether it is stuck."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from aiokafka import TopicPartition

from chassis import metrics
from chassis.lanes import Lane
from chassis.logs import logger
from chassis.runtime import Consumption

STUCK_SECONDS = 30.0
STUCK_EXIT = 70
"""EX_SOFTWARE: whoever supervises the process starts it again."""

Lanes = Mapping[TopicPartition, Lane]
Offsets = Mapping[TopicPartition, int]

_log = logger(__name__)


@dataclass
class _Place:
    position: int
    since: float


class Progress:
    """Of all partitions that this instance reads."""

    def __init__(
        self, service: str, topics: Collection[str], end_process: Callable[[int], object]
    ) -> None:
        """`topics` may grow until the first measurement."""
        self._service = service
        self._topics = topics
        self._end_process = end_process
        self._lags: dict[str, int] = {}
        self._places: dict[TopicPartition, _Place] = {}

    def measure(self, ends: Offsets, read: Offsets, lanes: Lanes) -> None:
        """Take note of where the logs end, up to where they were read, and how far the work is."""
        lags = dict.fromkeys(self._topics, 0)
        for partition, end in ends.items():
            lane = lanes.get(partition)
            position = lane.position if lane else read[partition]
            lags[partition.topic] += max(0, end - position)
            excused = position >= end or (lane is not None and lane.waits_for is not None)
            self._judge(partition, position, excused=excused)
        self._lags = lags
        for topic, lag in lags.items():
            metrics.LAG_RECORDS.labels(self._service, topic).set(lag)

    def excuse_all(self) -> None:
        """Nobody can move without a broker: the time of its absence is not held against anybody."""
        self._places.clear()

    def forget(self, partition: TopicPartition) -> None:
        """It is another instance's now."""
        self._places.pop(partition, None)

    def of_topic(self, topic: str, waits_for: str | None) -> Consumption:
        """As of the last measurement; `waits_for` is what holds it up."""
        now, lag = time.monotonic(), self._lags.get(topic, 0)
        since = [it.since for place, it in self._places.items() if place.topic == topic]
        still = now - min(since, default=now) if lag else 0.0
        return Consumption(topic, lag, still, waits_for)

    def _judge(self, partition: TopicPartition, position: int, *, excused: bool) -> None:
        """Behind, not waiting for anything known, and not moving: only a new process will help."""
        now, before = time.monotonic(), self._places.get(partition)
        if before is None or excused or before.position != position:
            self._places[partition] = _Place(position, now)
        elif now - before.since > STUCK_SECONDS:
            _log.critical(
                "bus_stuck",
                service=self._service,
                topic=partition.topic,
                partition=partition.partition,
                position=position,
            )
            self._end_process(STUCK_EXIT)
