"""Every committed message is published, each key's in order, whoever publishes and whatever fails."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.failpoints import arm
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.outbox import ALONE_SECONDS, POLL_SECONDS, Publisher
from chassis.producer import BrokerAway, Position
from chassis.storage import OUTBOX, MongoStorage, Tx
from chassis.tests.messages import alert
from contracts.envelope import Message
from contracts.notify import AlertRaised


class Broker:
    """Stands for the producer: remembers what arrived, and fails or waits where it is told to."""

    def __init__(self) -> None:
        self.arrived: list[tuple[str, bytes]] = []
        self.headers: list[dict[str, bytes]] = []
        self.fails: dict[str, Exception] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.entered = asyncio.Event()

    async def send_raw(self, topic: str, key: bytes, value: bytes, headers: Any) -> Position:
        self.entered.set()
        await self.gate.wait()
        await asyncio.sleep(0)
        if fault := self.fails.get(key.decode()):
            raise fault
        self.arrived.append((key.decode(), value))
        self.headers.append(dict(headers))
        return Position(topic, 0, len(self.arrived))

    def numbers(self) -> dict[str, list[int]]:
        """The `number` of each alert, by key, in the order of arrival."""
        found: dict[str, list[int]] = defaultdict(list)
        for key, value in self.arrived:
            found[key].append(_number(value))
        return found


def _number(value: bytes) -> int:
    return AlertRaised.model_validate_json(value).number


class Desk:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.storage = MongoStorage(database, FakeKeyring(), self.clock)
        self.broker = Broker()

    def publisher(self, instance: str = "one") -> Publisher:
        producer: Any = self.broker
        return Publisher(
            self.database, producer, self.clock, instance, committed=self.storage.committed
        )

    async def commit(self, *messages: Message) -> None:
        async def work(tx: Tx) -> None:
            tx.emit(*messages)

        await self.storage.transact(work)

    async def pending(self) -> int:
        return len(await self.database.collection(OUTBOX).find({"pending": True}))


@pytest.fixture
def desk(mongo_database: Database) -> Desk:
    return Desk(mongo_database)


async def test_what_is_committed_is_published_once(desk: Desk) -> None:
    key, publisher = new_id(), desk.publisher()
    await desk.commit(alert(key, 1, 1), alert(key, 1, 2))
    assert await publisher.publish_pending() == 2
    assert await publisher.publish_pending() == 0
    assert desk.broker.numbers() == {key: [1, 2]}
    assert "replay" not in desk.broker.headers[0]


async def test_a_key_is_published_by_version_whatever_was_committed_first(desk: Desk) -> None:
    key, publisher = new_id(), desk.publisher()
    await desk.commit(alert(key, 3, 3))
    await desk.commit(alert(key, 1, 1))
    await desk.commit(alert(key, 2, 2))
    await publisher.publish_pending()
    assert desk.broker.numbers() == {key: [1, 2, 3]}


async def test_a_failure_stops_its_key_only_and_keeps_its_order(desk: Desk) -> None:
    bad, good = new_id(), new_id()
    publisher = desk.publisher()
    await desk.commit(alert(bad, 1, 1), alert(bad, 2, 2), alert(good, 1, 1))
    desk.broker.fails[bad] = BrokerAway()
    await publisher.publish_pending()
    assert desk.broker.numbers() == {good: [1]}
    await desk.commit(alert(bad, 3, 3), alert(good, 2, 2))
    await publisher.publish_pending()
    assert desk.broker.numbers() == {good: [1, 2]}
    desk.broker.fails.clear()
    async with asyncio.timeout(30):
        while await desk.pending():
            await publisher.publish_pending()
            await asyncio.sleep(0.02)
    assert desk.broker.numbers() == {good: [1, 2], bad: [1, 2, 3]}


async def test_what_was_published_of_all_keys_is_marked_by_one_command(desk: Desk) -> None:
    """Each of them waits for the journal."""
    publisher = desk.publisher()
    await desk.commit(*(alert(new_id(), 1, number) for number in range(20)))
    marking, marked = publisher._outbox.update_many, list[int]()

    async def counted(*given: Any) -> int:
        marked.append(await marking(*given))
        return marked[-1]

    publisher._outbox.update_many = counted  # type: ignore[method-assign,assignment]
    assert await publisher.publish_pending() == 20
    assert marked == [20]


async def test_a_publisher_by_itself_looks_less_often_and_as_soon_as_somebody_comes(
    desk: Desk,
) -> None:
    first, second = desk.publisher("one"), desk.publisher("two")
    await first.publish_pending()
    assert first._pause() == ALONE_SECONDS
    await second.publish_pending()
    first._next_share = 0.0
    await first.publish_pending()
    assert first._pause() == second._pause() == POLL_SECONDS


async def test_a_crash_between_publishing_and_marking_publishes_again(desk: Desk) -> None:
    key = new_id()
    await desk.commit(alert(key, 1, 1), alert(key, 2, 2))
    arm("publisher.after_publish=raise@1")
    try:
        await desk.publisher().publish_pending()
    finally:
        arm("")
    assert desk.broker.numbers() == {key: [1]}
    await desk.publisher().publish_pending()
    assert desk.broker.numbers() == {key: [1, 1, 2]}


async def test_a_commit_wakes_the_publisher_at_once(desk: Desk) -> None:
    publishing = asyncio.create_task(desk.publisher().run())
    try:
        for number in range(1, 4):
            desk.broker.entered.clear()
            await desk.commit(alert(new_id(), 1, number))
            async with asyncio.timeout(30):
                await desk.broker.entered.wait()
    finally:
        publishing.cancel()
        await asyncio.wait({publishing})


async def test_a_holder_that_lost_its_lease_publishes_nothing_more(desk: Desk) -> None:
    """The first instance is frozen after it read the rows; the second takes over, publishes and marks."""
    key, first, second = new_id(), desk.publisher("one"), desk.publisher("two")
    await first.publish_pending()
    await desk.commit(alert(key, 1, 1), alert(key, 2, 2))
    frozen = asyncio.Event()
    thawed = asyncio.Event()
    reading = first._pending

    async def freeze_after_reading() -> Any:
        rows = await reading()
        frozen.set()
        await thawed.wait()
        return rows

    first._pending = freeze_after_reading  # type: ignore[method-assign]
    stale = asyncio.create_task(first.publish_pending())
    await frozen.wait()
    desk.clock.advance(6)
    assert await second.publish_pending() == 2
    thawed.set()
    assert await stale == 0
    assert desk.broker.numbers() == {key: [1, 2]}


async def test_two_publishers_share_the_keys_and_every_order_holds(desk: Desk) -> None:
    keys = [new_id() for _ in range(20)]
    publishers = desk.publisher("one"), desk.publisher("two")
    running = [asyncio.create_task(publisher.run()) for publisher in publishers]
    try:
        for version in range(1, 6):
            await asyncio.gather(*(desk.commit(alert(key, version, version)) for key in keys))
            # Long enough for the shares to be drawn while messages come in.
            await asyncio.sleep(0.3)
        async with asyncio.timeout(40):
            while await desk.pending():
                await asyncio.sleep(0.05)
        shares = sorted(len(publisher._held) for publisher in publishers)
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)
    assert desk.broker.numbers() == {key: [1, 2, 3, 4, 5] for key in keys}
    assert shares == [4, 4]


async def test_the_shards_of_a_stopped_instance_are_free_at_once(desk: Desk) -> None:
    first, second = desk.publisher("one"), desk.publisher("two")
    key = new_id()
    await first.publish_pending()
    await desk.commit(alert(key))
    await second.publish_pending()
    await first.leave()
    second._next_share = 0.0
    await second.publish_pending()
    assert desk.broker.numbers() == {key: [1]}


async def test_a_fresh_broker_is_given_the_recent_past_again_as_a_replay(desk: Desk) -> None:
    old, recent, publisher = new_id(), new_id(), desk.publisher()
    await desk.commit(alert(old, 1, 1))
    await publisher.publish_pending()
    desk.clock.advance(3600)
    await desk.commit(alert(recent, 1, 1), alert(recent, 2, 2))
    await publisher.publish_pending()
    desk.broker.arrived.clear()
    desk.broker.headers.clear()
    # However long the desk was off, the last it published is what nobody may have read.
    desk.clock.advance(7 * 86_400)
    assert await publisher.republish(timedelta(minutes=1)) == 2
    await publisher.publish_pending()
    assert desk.broker.numbers() == {recent: [1, 2]}
    assert all(headers["replay"] == b"1" for headers in desk.broker.headers)
    assert await desk.pending() == 0
