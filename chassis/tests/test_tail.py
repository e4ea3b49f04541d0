"""A tail sees every record of every partition, from where it was told to, whatever the broker does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka import TopicPartition

from chassis.devstack.tansu import Tansu
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tests.brokers import SECRET, own_topic, settings_for
from chassis.topics import admin, provision
from contracts.topics import CHAT_LOG, Topic


@pytest.fixture(params=["kafka", "tansu"])
def settings(request: pytest.FixtureRequest) -> Settings:
    return settings_for(request.param, request)


async def write(settings: Settings, topic: Topic, *values: bytes) -> None:
    async with Producer(settings) as producer:
        for value in values:
            await producer.send_raw(topic.name, value, value, [])


async def provisioned(settings: Settings, prefix: str, partitions: int = 3) -> Topic:
    topic = own_topic(prefix, partitions)
    async with admin(settings) as client:
        await provision(client, [topic])
    return topic


@asynccontextmanager
async def following(tail: Tail) -> AsyncIterator[list[bytes]]:
    """What the tail has seen so far."""
    seen: list[bytes] = []

    async def follow() -> None:
        async for batch in tail:
            seen.extend(record.value for record in batch.records)

    async with tail:
        task = asyncio.create_task(follow())
        try:
            yield seen
        finally:
            task.cancel()
            await asyncio.wait({task})


async def until(seen: list[bytes], wanted: set[bytes]) -> None:
    async with asyncio.timeout(60):
        while not wanted <= set(seen):
            await asyncio.sleep(0.01)


async def test_it_sees_what_was_there_and_what_comes(settings: Settings, topic_prefix: str) -> None:
    topic = await provisioned(settings, topic_prefix)
    before = {b"%d" % n for n in range(30)}
    await write(settings, topic, *before)
    tail = Tail(settings, [topic])
    async with following(tail) as seen:
        async with asyncio.timeout(60):
            await tail.caught_up()
        assert set(seen) == before
        await write(settings, topic, b"new")
        await until(seen, {b"new"})
    assert sorted(seen) == sorted(before | {b"new"})


async def test_an_empty_topic_is_caught_up_with_at_once(
    settings: Settings, topic_prefix: str
) -> None:
    tail = Tail(settings, [await provisioned(settings, topic_prefix)])
    async with following(tail) as seen:
        async with asyncio.timeout(30):
            await tail.caught_up()
    assert seen == []


async def test_it_begins_where_it_is_told_to(settings: Settings, topic_prefix: str) -> None:
    topic = await provisioned(settings, topic_prefix)
    async with Producer(settings) as producer:
        places = [await producer.send_raw(topic.name, b"k", b"%d" % n, []) for n in range(5)]
    mine = TopicPartition(topic.name, places[0].partition)
    tail = Tail(settings, [topic], lambda partition: 3 if partition == mine else None)
    async with following(tail) as seen:
        await until(seen, {b"3", b"4"})
    assert seen == [b"3", b"4"]


async def test_it_waits_for_its_topic_instead_of_inventing_it(
    settings: Settings, topic_prefix: str
) -> None:
    tail = Tail(settings, [own_topic(topic_prefix)])
    async with following(tail) as seen:
        await asyncio.sleep(0.3)
        topic = await provisioned(settings, topic_prefix)
        await write(settings, topic, b"a")
        await until(seen, {b"a"})


async def test_a_start_beyond_the_end_is_another_logs_and_begins_anew(
    settings: Settings, topic_prefix: str
) -> None:
    topic = await provisioned(settings, topic_prefix)
    await write(settings, topic, b"a")
    rewound: list[TopicPartition] = []
    tail = Tail(settings, [topic], lambda _: 1000, on_rewind=rewound.append)
    async with following(tail) as seen:
        await until(seen, {b"a"})
    assert len(rewound) == 1
    assert seen == [b"a"]


async def test_a_broker_that_comes_back_empty_is_read_from_its_beginning(
    tmp_path: Path, topic_prefix: str
) -> None:
    broker = Tansu(tmp_path)
    settings = Settings(kafka=broker.address, mongo="unused", embedded=True, secret=SECRET)
    rewound: list[TopicPartition] = []
    with broker:
        # As many as the broker makes up when the tail, which is still there, asks it first.
        topic = await provisioned(settings, topic_prefix, partitions=4)
        await write(settings, topic, *(b"old%d" % n for n in range(20)))
        tail = Tail(settings, [topic], on_rewind=rewound.append)
        async with following(tail) as seen:
            await until(seen, {b"old%d" % n for n in range(20)})
            broker.kill()
            with Tansu(tmp_path, broker.port) as again:
                await provisioned(settings, topic_prefix, partitions=4)
                await write(settings, topic, b"new")
                await until(seen, {b"new"})
                again.kill()
    assert len(rewound) == 1


@pytest.mark.parametrize(
    ("embedded", "urgent", "rests"),
    [(False, False, True), (False, True, False), (True, False, False)],
)
def test_who_is_not_urgent_leaves_what_comes_next_for_a_moment_once_it_has_caught_up(
    embedded: bool, urgent: bool, rests: bool
) -> None:
    on = Settings(kafka="k:1", mongo="mongodb://m", secret=SECRET, embedded=embedded)
    tail = Tail(on, [CHAT_LOG], urgent=urgent)
    assert not tail._may_rest()
    tail._caught_up.set()
    assert tail._may_rest() == rests
    # Kafka wakes a fetch that waits, so that a long wait delays nothing; the embedded broker does not.
    waits = on.fetch_max_wait_ms(urgent=urgent, whole=True)
    assert waits <= 30 if embedded else waits == 500
