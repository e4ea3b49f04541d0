"""Readers of the embedded broker sleep until somebody has written, and miss nothing."""

import asyncio
from collections.abc import Iterator

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.protocol.fetch import FetchRequest

from chassis import dozing
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tests.brokers import settings_for
from chassis.tests.test_tail import following, provisioned, until


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> Settings:
    return settings_for("tansu", request)


@pytest.fixture(autouse=True)
def _armed() -> Iterator[None]:
    dozing.arm()
    yield
    dozing.arm(armed=False)


@pytest.fixture
def never_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dozing, "LOOK_SECONDS", 3600.0)


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> list[FetchRequest]:
    """Every fetch that anybody asked for."""
    asked: list[FetchRequest] = []
    began = FetchRequest.__init__

    def noted(self: FetchRequest, *args: object, **kwargs: object) -> None:
        asked.append(self)
        began(self, *args, **kwargs)

    monkeypatch.setattr(FetchRequest, "__init__", noted)
    return asked


async def asleep(fetches: list[FetchRequest]) -> None:
    """Returns once nobody has fetched for a while."""
    async with asyncio.timeout(30):
        count = -1
        while count != len(fetches):
            count = len(fetches)
            await asyncio.sleep(0.3)


@pytest.mark.usefixtures("never_looks")
async def test_who_sleeps_fetches_nothing_and_is_woken_by_a_record(
    settings: Settings, topic_prefix: str, fetches: list[FetchRequest]
) -> None:
    topic = await provisioned(settings, topic_prefix)
    async with following(Tail(settings, [topic])) as seen, Producer(settings) as producer:
        for number in range(20):
            await asleep(fetches)
            await producer.send_raw(topic.name, b"%d" % number, b"%d" % number, [])
            await until(seen, {b"%d" % number})
    assert seen == [b"%d" % number for number in range(20)]


@pytest.mark.usefixtures("never_looks")
async def test_under_a_flood_nothing_is_left_behind(settings: Settings, topic_prefix: str) -> None:
    topic = await provisioned(settings, topic_prefix)
    values = [b"%d" % number for number in range(400)]
    async with (
        following(Tail(settings, [topic])) as seen,
        Producer(settings, patience=60) as producer,
    ):
        await asyncio.gather(*(producer.send_raw(topic.name, it, it, []) for it in values))
        await until(seen, set(values))
    assert sorted(seen) == sorted(values)


async def test_what_another_process_writes_is_found_by_looking(
    settings: Settings,
    topic_prefix: str,
    fetches: list[FetchRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    topic = await provisioned(settings, topic_prefix)
    async with following(Tail(settings, [topic])) as seen, Producer(settings) as producer:
        await producer.send_raw(topic.name, b"k", b"heard", [])
        await until(seen, {b"heard"})
        monkeypatch.setattr(dozing, "ring", lambda *_: None)
        await producer.send_raw(topic.name, b"k", b"unheard", [])
        await until(seen, {b"unheard"})
    assert seen == [b"heard", b"unheard"]


async def test_a_partition_whose_reader_has_enough_stays_paused(
    settings: Settings, topic_prefix: str
) -> None:
    topic = await provisioned(settings, topic_prefix, partitions=2)
    full, free = TopicPartition(topic.name, 0), TopicPartition(topic.name, 1)
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([full, free])
        consumer.pause(full)
        async with dozing.dozing(consumer, lambda partition: partition == full):
            dozing.ring(topic.name, 0, 5)
            dozing.ring(topic.name, 1, 5)
            assert consumer.paused() == {full}
        assert consumer.paused() == {full}
    finally:
        await consumer.stop()


async def test_what_ends_the_dozing_leaves_nothing_asleep(
    settings: Settings, topic_prefix: str
) -> None:
    topic = await provisioned(settings, topic_prefix)
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([TopicPartition(topic.name, n) for n in range(topic.partitions)])
        async with dozing.dozing(consumer):
            async with asyncio.timeout(30):
                while len(consumer.paused()) < topic.partitions:
                    await asyncio.sleep(0.01)
        assert not consumer.paused()
    finally:
        await consumer.stop()


@pytest.mark.usefixtures("never_looks")
async def test_who_is_told_of_what_must_wait_leaves_everybody_else_their_turn(
    settings: Settings, topic_prefix: str
) -> None:
    topic = await provisioned(settings, topic_prefix, partitions=1)
    full = TopicPartition(topic.name, 0)
    consumer = AIOKafkaConsumer(bootstrap_servers=settings.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([full])
        consumer.pause(full)
        async with dozing.dozing(consumer, lambda _: True):
            await asyncio.sleep(0.1)
            dozing.ring(topic.name, 0, 5)
            # A loop that never waits would not let this one come back.
            await asyncio.sleep(0.1)
            assert consumer.paused() == {full}
    finally:
        await consumer.stop()


async def test_steady_writers_do_not_keep_it_from_what_others_wrote(
    settings: Settings, topic_prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, other = [await provisioned(settings, f"{topic_prefix}{n}", 1) for n in range(2)]
    ring = dozing.ring
    async with following(Tail(settings, [topic, other])) as seen, Producer(settings) as producer:
        await producer.send_raw(topic.name, b"k", b"heard", [])
        await until(seen, {b"heard"})
        monkeypatch.setattr(dozing, "ring", lambda *_: None)
        await producer.send_raw(other.name, b"k", b"unheard", [])
        async with asyncio.timeout(20):
            while b"unheard" not in seen:
                # Told of again and again, long before it would look by itself.
                ring(topic.name, 0, 0)
                await asyncio.sleep(dozing.LOOK_SECONDS / 10)
    assert seen == [b"heard", b"unheard"]
