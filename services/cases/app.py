"""Cases' composition root: the only place where its parts meet."""

from datetime import timedelta

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.fresh_log import FreshLog
from chassis.keyring import Keyring
from chassis.links import Links
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from chassis.topics import wait_for_epoch
from services.cases import api, api_customers, consumers, live_desk, queue
from services.cases.handlers import Desk
from services.cases.history import MongoHistory
from services.cases.keeping import Keeper
from services.cases.labels import MongoLabels
from services.cases.settings import CasesSettings
from services.cases.storage import MongoCaseStore
from services.cases.technicians import Technicians

NAME = "cases"


def create(
    settings: CasesSettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """The service; tests pass a clock that they move."""
    chosen = settings or CasesSettings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen)

    return create_app(
        NAME,
        chosen,
        start=start,
        routers=[api.router, api_customers.router, live_desk.router],
        clock=clock,
    )


async def _start(runtime: Runtime, settings: CasesSettings) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    runtime.check("database", database.ping)
    runtime.state.live_desk = await _live_desk(database)
    keyring = Keyring(database, settings)
    keyring.attach(runtime, lambda: wait_for_epoch(settings))
    directory = Directory(settings)
    directory.attach(runtime)
    storage = MongoStorage(database, keyring, runtime.clock)
    timers = MongoTimers(database, storage, runtime.clock, settings.instance)
    keeper = await _keeper(settings, storage, keyring, directory, timers)
    labels = MongoLabels(database)
    await labels.prepare()
    desk = Desk(keeper, keyring, runtime.clock)
    runtime.state.desk = desk
    runtime.state.technicians = Technicians(keeper, labels, runtime.clock)
    runtime.state.labels = labels
    runtime.state.links = Links(settings)
    runtime.state.verifier = directory.verifier(runtime.clock)
    runtime.run("timers", lambda: timers.run(consumers.timers(desk)))
    waiting = queue.MongoQueue(database)
    runtime.run("queue", lambda: queue.watch(waiting, directory, runtime.clock))
    await _join_bus(runtime, settings, desk, storage, keyring)


async def _live_desk(database: Database) -> live_desk.LiveDesk:
    figures = live_desk.LiveDesk(database)
    await figures.prepare()
    return figures


async def _keeper(
    settings: CasesSettings,
    storage: MongoStorage,
    keyring: Keyring,
    directory: Directory,
    timers: MongoTimers,
) -> Keeper:
    store, history = (
        MongoCaseStore(storage.database, keyring),
        MongoHistory(storage.database, keyring),
    )
    await store.prepare()
    await history.prepare()
    ask_for = timedelta(seconds=settings.ask_email_seconds)
    return Keeper(storage, store, history, directory, timers, ask_for=ask_for)


async def _join_bus(
    runtime: Runtime, settings: CasesSettings, desk: Desk, storage: MongoStorage, keyring: Keyring
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    bus.consume(consumers.chat_log(desk))
    await bus.attach(runtime)
