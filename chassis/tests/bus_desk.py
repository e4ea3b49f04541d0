"""A desk for tests of the bus: a topic, one service that consumes it, and what took effect.

On real Kafka (groups) and on the embedded broker (explicit partitions).
"""

import asyncio
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiokafka import ConsumerRecord

from chassis.bus import Bus, Handler, Subscription, VersionGap
from chassis.codec import encode
from chassis.handling import RunHandler
from chassis.ids import new_id
from chassis.jobs import beside, supervise
from chassis.keyring import FakeKeyring
from chassis.mongo import Database, Document
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import MongoStorage, Tx, session_of
from chassis.tests.brokers import SECRET, own_topic, read_all, settings_for
from chassis.tests.consuming import PARTITIONS
from chassis.topics import admin, issue_epoch, provision
from contracts.chat import MessageSent
from contracts.envelope import Message
from contracts.notify import AlertRaised
from contracts.topics import BUS_EPOCH, Topic

FOLLOWING = "following"


class Desk:
    """A topic, and one service that consumes it. What took effect is in `effects`, in its order."""

    def __init__(
        self, settings: Settings, database: Database, topic: Topic, producer: Producer
    ) -> None:
        self.settings = settings
        self.database = database
        self.topic = topic
        self.producer = producer
        self.keyring = FakeKeyring()
        self.effects = database.collection("effects")
        self.faults: dict[str, Exception] = {}
        self.tries: dict[str, int] = defaultdict(int)
        self.exits: list[int] = []

    async def send(self, *messages: Message) -> None:
        records = [await encode(message, self.keyring) for message in messages]
        sent = [self.producer.send_nowait(replace(r, topic=self.topic.name)) for r in records]
        await asyncio.gather(*sent)

    async def handle(self, tx: Tx, message: Message) -> None:
        self.tries[message.id] += 1
        row: Document = {"_id": new_id(), "message": message.id, "key": message.key}
        row["n"] = message.number if isinstance(message, AlertRaised) else 0
        await self.effects.insert_one(row, session=session_of(tx))
        if fault := self.faults.get(message.id):
            raise fault

    async def follow(self, tx: Tx, message: Message) -> None:
        """A projection that wants each version in its turn."""
        following, session = self.database.collection(FOLLOWING), session_of(tx)
        seen = await following.find_one({"_id": message.key}, session=session) or {"version": 0}
        if message.aggregate_version != seen["version"] + 1:
            raise VersionGap
        changed = {"$set": {"version": message.aggregate_version}}
        await following.update_one({"_id": message.key}, changed, upsert=True, session=session)
        await self.handle(tx, message)

    @asynccontextmanager
    async def consuming(
        self,
        handler: Handler | None = None,
        *,
        instance: str = "1",
        database: Database | None = None,
        runs: RunHandler | None = None,
    ) -> AsyncIterator[Bus]:
        """With `runs`, alerts are handled by it."""
        settings = self.settings.model_copy(update={"instance": instance})
        storage = MongoStorage(database or self.database, self.keyring)
        bus = Bus(
            settings,
            storage,
            self.keyring,
            self.producer,
            f"{self.topic.name}-service",
            end_process=self.exits.append,
        )
        handlers: dict[type[Message], Handler] = dict.fromkeys(
            (AlertRaised, MessageSent), handler or self.handle
        )
        if runs is not None:
            del handlers[AlertRaised]
        bus.consume(Subscription(self.topic, handlers, {AlertRaised: runs} if runs else {}))
        replays = supervise(f"{self.topic.name}-service", "replays", bus.replays.run)
        async with bus, beside(replays):
            yield bus

    async def numbers(self) -> dict[str, list[int]]:
        """What took effect, by key, in its order."""
        found: dict[str, list[int]] = defaultdict(list)
        for row in await self.effects.find({}, sort=[("_id", 1)]):
            found[row["key"]].append(row["n"])
        return dict(found)

    async def dead(self) -> list[ConsumerRecord]:
        return await read_all(self.settings, self.topic.dead_letter_topic, [0])


@pytest.fixture(params=["kafka", "tansu"])
async def desk(
    request: pytest.FixtureRequest, mongo_database: Database, topic_prefix: str, addresses: Any
) -> AsyncIterator[Desk]:
    settings = addresses[request.param]
    topic = own_topic(topic_prefix, PARTITIONS)
    async with Producer(settings) as producer:
        async with admin(settings) as client:
            await provision(client, [topic, BUS_EPOCH])
        await issue_epoch(settings, producer, 1)
        await mongo_database.ensure_indexes({"effects": [], FOLLOWING: []})
        yield Desk(settings, mongo_database, topic, producer)


@pytest.fixture
def addresses(request: pytest.FixtureRequest) -> dict[str, Settings]:
    """Found before the loop runs, because starting a server blocks."""
    kind: str = request.node.callspec.params["desk"]
    return {kind: settings_for(kind, request)}


async def eventually(wanted: Callable[[], Coroutine[Any, Any, bool]], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not await wanted():
            await asyncio.sleep(0.02)


async def has_numbers(desk: Desk, wanted: dict[str, list[int]]) -> None:
    async def there() -> bool:
        found = await desk.numbers()
        return sum(map(len, found.values())) >= sum(map(len, wanted.values()))

    await eventually(there)
    assert await desk.numbers() == wanted


def consumer_of(desk: Desk, mongo_url: str, failpoints: str) -> subprocess.Popen[bytes]:
    """A process of its own that consumes as the desk does, and dies at a failpoint."""
    environment = os.environ | {
        "DESKBUS_KAFKA": desk.settings.kafka,
        "DESKBUS_MONGO": mongo_url,
        "DESKBUS_EMBEDDED": str(desk.settings.embedded),
        "DESKBUS_SECRET": SECRET,
        "DESKBUS_FAILPOINTS": failpoints,
    }
    arguments = [f"{desk.topic.name}-service", desk.database.name, desk.topic.name]
    return subprocess.Popen(
        [sys.executable, "-m", "chassis.tests.consuming", *arguments], env=environment
    )
