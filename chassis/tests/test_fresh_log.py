"""A broker that keeps everything in memory is replaced by an empty one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from chassis.app import Runtime
from chassis.clock import SystemClock
from chassis.codec import decode_head
from chassis.devstack.tansu import Tansu
from chassis.fresh_log import FreshLog
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import OUTBOX, MongoStorage, Tx
from chassis.tail import Tail
from chassis.tests.messages import alert
from chassis.topics import admin, issue_epoch, provision
from contracts.envelope import Message
from contracts.topics import NOTIFY_EVENTS, TOPICS

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@asynccontextmanager
async def broker(
    data: Path, port: int | None, settings: Settings, epoch: int
) -> AsyncIterator[Settings]:
    """A broker with its topics and an epoch, and the settings that lead there."""
    tansu = Tansu(data, port)
    tansu.start()
    there = settings.model_copy(update={"kafka": tansu.address, "embedded": True})
    try:
        async with admin(there) as client:
            await provision(client, TOPICS)
        async with Producer(there) as producer:
            await issue_epoch(there, producer, epoch)
        yield there
    finally:
        tansu.stop()


@asynccontextmanager
async def publishing(settings: Settings, database: Database) -> AsyncIterator[MongoStorage]:
    storage = MongoStorage(database, FakeKeyring())
    async with Runtime("test", settings) as runtime:
        producer = await runtime.enter(Producer(settings))
        publisher = Publisher(database, producer, SystemClock(), "1", committed=storage.committed)
        FreshLog(runtime, database, publisher, look_seconds=0.1).attach()
        yield storage


async def tell(storage: MongoStorage, message: Message) -> None:
    async def work(tx: Tx) -> None:
        tx.emit(message)

    await storage.transact(work)


async def first(settings: Settings, count: int) -> list[tuple[bytes, bool]]:
    """The keys of the first records, and whether each is a replay."""
    found: list[tuple[bytes, bool]] = []
    async with asyncio.timeout(60), Tail(settings, [NOTIFY_EVENTS]) as tail:
        async for batch in tail:
            found += [(r.key, decode_head(r.headers).replay) for r in batch.records]
            if len(found) >= count:
                break
    return found


async def noted(database: Database) -> None:
    """Until the publisher knows itself that nothing is left: what it has sent is read before."""
    async with asyncio.timeout(60):
        while await database.collection(OUTBOX).find_one({"pending": True}):
            await asyncio.sleep(0.01)


async def test_an_empty_broker_is_told_the_recent_past_again(
    tmp_path: Path, settings: Settings, mongo_database: Database, mongo_url: str
) -> None:
    settings = settings.model_copy(update={"mongo": mongo_url})
    old, new = alert(new_id()), alert(new_id())
    async with broker(tmp_path / "a", None, settings, 1) as there:
        async with publishing(there, mongo_database) as storage:
            await tell(storage, old)
            assert await first(there, 1) == [(old.key.encode(), False)]
            await noted(mongo_database)
        async with publishing(there, mongo_database) as storage:
            await tell(storage, new)
            assert len(await first(there, 2)) == 2
            await noted(mongo_database)
    async with (
        broker(tmp_path / "b", None, settings, 2) as there,
        publishing(there, mongo_database),
    ):
        told = await first(there, 2)
    assert sorted(told) == sorted([(old.key.encode(), True), (new.key.encode(), True)])


async def test_a_new_log_is_noticed_while_running(
    tmp_path: Path, settings: Settings, mongo_database: Database, mongo_url: str
) -> None:
    settings = settings.model_copy(update={"mongo": mongo_url})
    message = alert(new_id())
    async with broker(tmp_path / "a", None, settings, 1) as there:
        running = publishing(there, mongo_database)
        storage = await running.__aenter__()
        await tell(storage, message)
        await first(there, 1)
    try:
        port = int(there.kafka.rpartition(":")[2])
        async with broker(tmp_path / "b", port, settings, 2) as there:
            assert await first(there, 1) == [(message.key.encode(), True)]
    finally:
        await running.__aexit__(None, None, None)
