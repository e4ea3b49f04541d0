"""Messages that came before one they build on, kept in the database until it is handled.

The publisher keeps a key's order, so this happens only after an accident: an earlier message went
to the dead letters, or a log began in the middle. Waiting in the partition would then wait for ever
for something that stands behind; so the message is set aside and the partition goes on. When the
missing one comes (a replayed dead letter, or its owner's republication), its followers are handled
in the order of their versions. They are ciphertext here as they were on the topic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiokafka import ConsumerRecord

from chassis.clock import Clock
from chassis.deaths import DeadLetter
from chassis.logs import logger
from chassis.mongo import Database, Index
from contracts.envelope import Message

PARKED = "parked"
KEPT = timedelta(days=45)
INDEXES = {
    PARKED: [
        Index([("topic", 1), ("key", 1), ("aggregate_version", 1)], name="waiting"),
        Index([("at", 1)], name="purge", expireAfterSeconds=int(KEPT.total_seconds())),
    ]
}

_log = logger(__name__)


@dataclass(frozen=True)
class ParkedRecord:
    """A record that waits."""

    id: str
    topic: str
    key: str
    value: bytes
    headers: Sequence[tuple[str, bytes]]


class Parking:
    """Set aside, by topic and key. Keys are remembered, so that the usual case asks no database."""

    def __init__(self, database: Database, clock: Clock, service: str) -> None:
        self.service = service
        self._database = database
        self._parked = database.collection(PARKED)
        self._clock = clock
        self._keys: set[tuple[str, str]] = set()

    async def prepare(self) -> None:
        await self._database.ensure_indexes(INDEXES)

    async def open(self, topic: str, partition: int) -> None:
        """Learns what is parked of a partition that another instance may have read until now."""
        rows = await self._parked.find(
            {"topic": topic, "partition": partition}, projection={"key": 1}
        )
        self._keys |= {(topic, row["key"]) for row in rows}

    async def park(self, record: ConsumerRecord | DeadLetter, message: Message) -> None:
        row = {
            "topic": record.topic,
            "partition": record.partition,
            "key": message.key,
            "aggregate_version": message.aggregate_version,
            "value": record.value,
            "headers": [[name, value] for name, value in record.headers],
            "at": self._clock.now(),
        }
        await self._parked.update_one({"_id": message.id}, {"$setOnInsert": row}, upsert=True)
        self._keys.add((record.topic, message.key))
        _log.warning(
            "record_parked",
            service=self.service,
            topic=record.topic,
            key=message.key,
            message=message.id,
        )

    async def waiting(self, topic: str, key: str) -> list[ParkedRecord]:
        """What waits under this key, by version."""
        if (topic, key) not in self._keys:
            return []
        rows = await self._parked.find(
            {"topic": topic, "key": key}, sort=[("aggregate_version", 1)]
        )
        if not rows:
            self._keys.discard((topic, key))
        return [
            ParkedRecord(
                row["_id"],
                topic,
                key,
                bytes(row["value"]),
                [(n, bytes(v)) for n, v in row["headers"]],
            )
            for row in rows
        ]

    async def remove(self, record: ParkedRecord) -> None:
        await self._parked.delete_one({"_id": record.id})
