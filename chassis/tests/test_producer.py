"""What `send` returned from is in the log; what it did not is told as such, and the next one works."""

import asyncio
from pathlib import Path

import pytest
from aiokafka.errors import MessageSizeTooLargeError, OutOfOrderSequenceNumber

from chassis.codec import Record
from chassis.devstack.tansu import Tansu
from chassis.producer import BrokerAway, Producer
from chassis.settings import Settings
from chassis.tests.brokers import SECRET, own_topic, read_all, settings_for
from chassis.topics import admin, provision
from contracts.topics import Topic


@pytest.fixture(params=["kafka", "tansu"])
def settings(request: pytest.FixtureRequest) -> Settings:
    return settings_for(request.param, request)


@pytest.fixture
async def topic(settings: Settings, topic_prefix: str) -> Topic:
    made = own_topic(topic_prefix)
    async with admin(settings) as client:
        await provision(client, [made])
    return made


def record(topic: Topic, key: str, value: bytes) -> Record:
    return Record(topic.name, key, value, [("type", b"test")])


async def test_a_sent_record_is_at_its_position(settings: Settings, topic: Topic) -> None:
    async with Producer(settings) as producer:
        position = await producer.send(record(topic, "k", b"v"))
    (found,) = await read_all(settings, topic.name, range(3))
    assert (found.topic, found.partition, found.offset) == position
    assert (found.key, found.value, found.headers) == (b"k", b"v", (("type", b"test"),))


async def test_records_sent_without_waiting_keep_their_order(
    settings: Settings, topic: Topic
) -> None:
    async with Producer(settings) as producer:
        sent = [producer.send_nowait(record(topic, "k", b"%d" % n)) for n in range(500)]
        positions = await asyncio.gather(*sent)
    assert [position.offset for position in positions] == list(range(500))
    found = await read_all(settings, topic.name, [positions[0].partition])
    assert [record.value for record in found] == [b"%d" % n for n in range(500)]


async def test_a_tombstone_has_no_value(settings: Settings, topic: Topic) -> None:
    async with Producer(settings) as producer:
        await producer.send_raw(topic.name, b"k", None, [])
    (found,) = await read_all(settings, topic.name, range(3))
    assert found.value is None


async def test_an_error_that_aiokafka_cannot_survive_costs_one_attempt(
    settings: Settings, topic: Topic
) -> None:
    async with Producer(settings) as producer:
        await producer.send(record(topic, "k", b"1"))
        broken = producer._driven
        assert broken is not None

        async def fails(*args: object, **kwargs: object) -> None:
            raise OutOfOrderSequenceNumber

        broken.send = fails
        with pytest.raises(BrokerAway):
            await producer.send(record(topic, "k", b"2"))
        await producer.send(record(topic, "k", b"2"))
        assert producer._driven is not broken
    assert [r.value for r in await read_all(settings, topic.name, range(3))] == [b"1", b"2"]


async def test_a_record_that_is_too_large_is_the_callers_fault(
    settings: Settings, topic: Topic
) -> None:
    async with Producer(settings) as producer:
        with pytest.raises(MessageSizeTooLargeError):
            await producer.send(record(topic, "k", bytes(2_000_000)))
        await producer.send(record(topic, "k", b"small"))


@pytest.mark.alone
async def test_a_broker_that_is_away_is_told_within_the_patience_and_found_again(
    tmp_path: Path, topic_prefix: str
) -> None:
    broker = Tansu(tmp_path)
    settings = Settings(kafka=broker.address, mongo="unused", embedded=True, secret=SECRET)
    topic = own_topic(topic_prefix)
    async with Producer(settings, patience=1.0) as producer:
        with pytest.raises(BrokerAway):
            await producer.send(record(topic, "k", b"1"))
        with pytest.raises(BrokerAway):
            await producer.ping()
        with broker:
            async with admin(settings) as client:
                await provision(client, [topic])
            await producer.ping()
            await producer.send(record(topic, "k", b"1"))
            broker.kill()
        async with asyncio.timeout(30):
            with pytest.raises(BrokerAway):
                await producer.send(record(topic, "k", b"2"))
