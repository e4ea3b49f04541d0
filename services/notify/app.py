"""Notify's composition root: the only place where its parts meet."""

from datetime import timedelta

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
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from chassis.topics import wait_for_epoch
from services.notify import consumers
from services.notify.handlers import Alerts, Patience
from services.notify.settings import NotifySettings
from services.notify.storage import MongoAlertStore

NAME = "notify"


def create(
    settings: NotifySettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """The service; tests pass a clock that they move."""
    chosen = settings or NotifySettings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen)

    return create_app(NAME, chosen, start=start, clock=clock)


async def _start(runtime: Runtime, settings: NotifySettings) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    keyring.attach(runtime, lambda: wait_for_epoch(settings))
    directory = Directory(settings)
    directory.attach(runtime)
    storage = MongoStorage(database, keyring, runtime.clock)
    alerts = await _alerts(runtime, settings, storage, directory)
    await _join_bus(runtime, settings, alerts, storage, keyring)


async def _alerts(
    runtime: Runtime, settings: NotifySettings, storage: MongoStorage, directory: Directory
) -> Alerts:
    store = MongoAlertStore(storage.database)
    await store.prepare()
    timers = MongoTimers(storage.database, storage, runtime.clock, settings.instance)
    wait = timedelta(seconds=settings.ring_again_seconds)
    patience = Patience(wait, settings.ring_again_times)
    alerts = Alerts(store, timers, directory, runtime.clock, patience)
    runtime.run("timers", lambda: timers.run(consumers.timers(alerts)))
    return alerts


async def _join_bus(
    runtime: Runtime,
    settings: NotifySettings,
    alerts: Alerts,
    storage: MongoStorage,
    keyring: Keyring,
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    bus.consume(consumers.case_events(alerts))
    await runtime.enter(bus)
    runtime.check("bus", bus.ready)
