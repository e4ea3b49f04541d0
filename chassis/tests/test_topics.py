"""A broker has what `contracts/` says, and a log has one epoch whoever issues it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from chassis.devstack.tansu import Tansu
from chassis.producer import BrokerAway, Producer
from chassis.settings import Settings
from chassis.tests.brokers import SECRET, settings_for
from chassis.topics import (
    ProvisioningFailed,
    admin,
    issue_epoch,
    provision,
    read_epoch,
    wait_for_epoch,
)
from contracts.topics import BUS_EPOCH, CHAT_SIGNALS, DATA_KEYS, NOTIFY_EVENTS, TOPICS


@pytest.fixture(params=["kafka", "tansu"])
def settings(request: pytest.FixtureRequest) -> Settings:
    return settings_for(request.param, request)


async def test_missing_topics_are_made_and_the_second_time_none(
    settings: Settings, topic_prefix: str
) -> None:
    wanted = [replace(t, name=topic_prefix + t.name) for t in (NOTIFY_EVENTS, DATA_KEYS)]
    names = [wanted[0].name, wanted[0].dead_letter_topic, wanted[1].name]
    async with admin(settings) as client:
        assert await provision(client, wanted) == names
        assert await provision(client, wanted) == []
        described = {t["topic"]: len(t["partitions"]) for t in await client.describe_topics(names)}
    assert described == {names[0]: 12, names[1]: 1, names[2]: 4}


async def test_a_topic_with_other_partitions_is_refused_instead_of_losing_records(
    settings: Settings, topic_prefix: str
) -> None:
    wanted = replace(NOTIFY_EVENTS, name=topic_prefix + "alerts", partitions=2)
    async with admin(settings) as client:
        await provision(client, [wanted])
        with pytest.raises(ProvisioningFailed, match="has 2 partitions and must have 5"):
            await provision(client, [replace(wanted, partitions=5)])


async def test_two_that_provision_at_once_both_succeed(
    settings: Settings, topic_prefix: str
) -> None:
    wanted = [replace(NOTIFY_EVENTS, name=topic_prefix + "alerts")]
    async with admin(settings) as one, admin(settings) as two:
        await asyncio.gather(provision(one, wanted), provision(two, wanted))


@pytest.mark.kafka
async def test_kafka_is_told_how_long_to_keep_and_what_to_compact(
    request: pytest.FixtureRequest, topic_prefix: str
) -> None:
    settings = settings_for("kafka", request)
    wanted = [replace(t, name=topic_prefix + t.name) for t in (CHAT_SIGNALS, DATA_KEYS, BUS_EPOCH)]
    async with admin(settings) as client:
        await provision(client, wanted)
        asked = ("retention.ms", "cleanup.policy", "max.compaction.lag.ms")
        resources = [
            ConfigResource(ConfigResourceType.TOPIC, t.name, dict.fromkeys(asked)) for t in wanted
        ]
        found: dict[str, dict[str, str]] = {}
        async with asyncio.timeout(60):
            # A broker learns of a topic that the controller has made a little later.
            while not all(found.get(topic.name) for topic in wanted):
                answers = await client.describe_configs(resources)
                entries = [resource for answer in answers for resource in answer.resources]
                found = {name: {e[0]: e[1] for e in values} for _, _, _, name, values in entries}
                await asyncio.sleep(0.1)
    found = {name.removeprefix(topic_prefix): values for name, values in found.items()}
    minute = str(int(timedelta(minutes=1).total_seconds() * 1000))
    assert found["chat-signals"]["retention.ms"] == minute
    assert found["data-keys"]["cleanup.policy"] == "compact"
    assert found["data-keys"]["max.compaction.lag.ms"] == "3600000"
    assert found["bus-epoch"]["retention.ms"] == "-1"


async def test_the_first_epoch_of_a_log_counts(tmp_path: Path) -> None:
    with Tansu(tmp_path) as broker:
        settings = Settings(kafka=broker.address, mongo="unused", embedded=True, secret=SECRET)
        # Asked before there is the topic, and without inventing it: provisioning would refuse that.
        assert await read_epoch(settings) is None
        async with admin(settings) as client:
            await provision(client, TOPICS)
        assert await read_epoch(settings) is None
        waiting = asyncio.create_task(wait_for_epoch(settings))
        async with Producer(settings) as producer:
            issued = await asyncio.gather(*(issue_epoch(settings, producer, n) for n in (7, 8, 9)))
        assert len(set(issued)) == 1
        assert await read_epoch(settings) == issued[0]
        async with asyncio.timeout(30):
            assert await waiting == issued[0]
    with pytest.raises(BrokerAway):
        await read_epoch(settings)
