"""A consumer as a process of its own, which a failpoint can kill: each alert counts up a row.

`python -m chassis.tests.consuming SERVICE DATABASE TOPIC`, settings from the environment. Only a
count above 1 shows that something took effect twice, so it is an increment and not an insert.
"""

import asyncio
import sys
from dataclasses import replace

from chassis.bus import Bus, Subscription
from chassis.failpoints import arm
from chassis.jobs import beside
from chassis.keyring import FakeKeyring
from chassis.mongo import Collection, Database
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import MongoStorage, Tx, session_of
from contracts.envelope import Message
from contracts.notify import AlertRaised
from contracts.topics import NOTIFY_EVENTS

EFFECTS = "effects"
PARTITIONS = 3


async def count(effects: Collection, tx: Tx, message: Message) -> None:
    """The effect: one more for this message."""
    await effects.update_one(
        {"_id": message.id}, {"$inc": {"n": 1}}, upsert=True, session=session_of(tx)
    )


async def main(service: str, database_name: str, topic_name: str) -> None:
    settings = Settings.load()
    arm(settings.failpoints)
    topic = replace(NOTIFY_EVENTS, name=topic_name, partitions=PARTITIONS)
    async with (
        Database.connect(settings.mongo, database_name) as database,
        Producer(settings) as producer,
    ):
        keyring, effects = FakeKeyring(), database.collection(EFFECTS)

        async def handle(tx: Tx, message: Message) -> None:
            await count(effects, tx, message)

        bus = Bus(settings, MongoStorage(database, keyring), keyring, producer, service)
        bus.consume(Subscription(topic, {AlertRaised: handle}))
        async with bus, beside(bus.replays.run()):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
