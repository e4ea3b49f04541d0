"""Transcripts' composition root: the only place where its parts meet."""

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
from chassis.topics import wait_for_epoch
from services.transcripts import api, consumers
from services.transcripts.handlers import Record, Transcripts
from services.transcripts.pdf import Typesetter
from services.transcripts.settings import TranscriptsSettings
from services.transcripts.storage import MongoRecordStore

NAME = "transcripts"


def create(
    settings: TranscriptsSettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """The service; tests pass a clock that they move."""
    chosen = settings or TranscriptsSettings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen)

    return create_app(NAME, chosen, start=start, routers=[api.router], clock=clock)


async def _start(runtime: Runtime, settings: TranscriptsSettings) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    keyring.attach(runtime, lambda: wait_for_epoch(settings))
    directory = Directory(settings)
    directory.attach(runtime)
    runtime.state.verifier = directory.verifier(runtime.clock)
    store = MongoRecordStore(database, keyring)
    await store.prepare()
    storage = MongoStorage(database, keyring, runtime.clock)
    runtime.state.transcripts = Transcripts(
        storage,
        store,
        directory,
        runtime.clock,
        Typesetter(),
        mails_per_hour=settings.transcripts_per_hour,
    )
    await _join_bus(runtime, settings, Record(store, directory), storage, keyring)


async def _join_bus(
    runtime: Runtime,
    settings: TranscriptsSettings,
    record: Record,
    storage: MongoStorage,
    keyring: Keyring,
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    bus.consume(consumers.chat_log(record))
    bus.consume(consumers.case_events(record))
    await runtime.enter(bus)
    runtime.check("bus", bus.ready)
