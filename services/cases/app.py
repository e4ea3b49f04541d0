"""Cases' composition root: the only place where its parts meet."""

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.fresh_log import FreshLog
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import MongoStorage
from chassis.topics import wait_for_epoch
from services.cases import api, consumers
from services.cases.handlers import Desk
from services.cases.storage import MongoCaseStore

NAME = "cases"


def create(
    settings: Settings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """The service; tests pass a clock that they move."""
    chosen = settings or Settings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen)

    return create_app(NAME, chosen, start=start, routers=[api.router], clock=clock)


async def _start(runtime: Runtime, settings: Settings) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    keyring.attach(runtime, lambda: wait_for_epoch(settings))
    directory = Directory(settings)
    directory.attach(runtime)
    store = MongoCaseStore(database, keyring)
    await store.prepare()
    storage = MongoStorage(database, keyring, runtime.clock)
    desk = Desk(storage, store, directory, runtime.clock)
    runtime.state.desk = desk
    runtime.state.verifier = directory.verifier(runtime.clock)
    await _join_bus(runtime, settings, desk, storage, keyring)


async def _join_bus(
    runtime: Runtime, settings: Settings, desk: Desk, storage: MongoStorage, keyring: Keyring
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    bus.consume(consumers.chat_log(desk))
    await runtime.enter(bus)
    runtime.check("bus", bus.ready)
