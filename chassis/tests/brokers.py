"""Either broker for a test: real Kafka with groups, and the embedded one without."""

import base64
from collections.abc import Sequence
from dataclasses import replace

import pytest
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from chassis.settings import Settings
from contracts.topics import NOTIFY_EVENTS, Topic

SECRET = base64.b64encode(bytes(32)).decode()


def settings_for(kind: str, request: pytest.FixtureRequest) -> Settings:
    """Settings for the test run's shared broker of this kind: `kafka` or `tansu`."""
    address: str = request.getfixturevalue(f"{kind}_address")
    mongo: str = request.getfixturevalue("mongo_url")
    return Settings(kafka=address, mongo=mongo, embedded=kind == "tansu", secret=SECRET)


def own_topic(prefix: str, partitions: int = 3) -> Topic:
    """A topic for alerts that no other test has."""
    return replace(NOTIFY_EVENTS, name=f"{prefix}alerts", partitions=partitions)


async def read_all(
    settings: Settings, topic: str, partitions: Sequence[int]
) -> list[ConsumerRecord]:
    """Everything that is on these partitions now."""
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    async with consumer:
        assigned = [TopicPartition(topic, n) for n in partitions]
        consumer.assign(assigned)
        ends = await consumer.end_offsets(assigned)
        found: list[ConsumerRecord] = []
        while len(found) < sum(ends.values()):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += records
        return found
