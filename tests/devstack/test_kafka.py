from pathlib import Path

import pytest

from chassis.devstack.kafka import KafkaCluster
from tests.devstack.bus import consume, create_topic, produce

pytestmark = pytest.mark.kafka


async def test_messages_come_back_in_order(kafka_address: str, topic_prefix: str) -> None:
    topic = f"{topic_prefix}order"
    sent = [b"%d" % number for number in range(20)]
    await create_topic(kafka_address, topic, partitions=3)
    await produce(kafka_address, topic, sent, idempotent=True)
    assert await consume(kafka_address, topic, len(sent)) == sent


async def test_three_brokers_lose_nothing_when_one_is_killed_and_comes_back(
    kafka_address: str, tmp_path: Path
) -> None:
    with KafkaCluster(tmp_path, size=3) as cluster:
        await create_topic(cluster.address, "log", replicas=3)
        await produce(cluster.address, "log", [b"before"], idempotent=True)
        cluster.kill(2)
        await produce(cluster.address, "log", [b"during"], idempotent=True)
        cluster.restart(2)
        await produce(cluster.address, "log", [b"after"], idempotent=True)
        assert await consume(cluster.address, "log", 3) == [b"before", b"during", b"after"]
