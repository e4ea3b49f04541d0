"""Chat's composition root: the only place where its parts meet."""

from dataclasses import dataclass

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.producer import Producer
from chassis.storage import MongoStorage
from chassis.tokens import TokenVerifier
from services.chat import api, consumers
from services.chat.archive import Archive
from services.chat.broadcasts import Broadcasts
from services.chat.dialogue import Desk
from services.chat.epochs import EpochKeeper
from services.chat.following import Following
from services.chat.handlers import Chat
from services.chat.hub import Hub
from services.chat.keeping import Keeping
from services.chat.log import Log
from services.chat.outbound import Limits
from services.chat.persister import Persister
from services.chat.receipts import Receipts
from services.chat.relay import Relay
from services.chat.settings import ChatSettings
from services.chat.sockets import Door
from services.chat.storage import INDEXES, MongoChatStore
from services.chat.watermarks import Watermarks

NAME = "chat"


@dataclass(frozen=True, slots=True)
class Patience:
    """How much a socket may ask of this instance; tests take less."""

    limits: Limits = Limits()  # noqa: RUF009 - it is immutable
    authentication_seconds: float = 5.0


def create(
    settings: ChatSettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
    patience: Patience = Patience(),
) -> FastAPI:
    """The service; tests pass a clock that they move, and sockets with less patience."""
    chosen = settings or ChatSettings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen, patience)

    app = create_app(NAME, chosen, start=start, routers=[api.router], clock=clock)
    app.state.desk = None
    # The stack is built here, with all routes in it, so that the door can stand in front of it.
    app.middleware_stack = Door(
        app.build_middleware_stack(),
        lambda: app.state.desk if app.state.open() else None,
        chosen.public_url,
        chosen.sockets_unknown,
    )
    app.state.open = lambda: False
    return app


async def _start(runtime: Runtime, settings: ChatSettings, patience: Patience) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    await database.ensure_indexes(INDEXES)
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    directory = Directory(settings)
    directory.attach(runtime)
    producer = await runtime.enter(Producer(settings))
    runtime.check("broker", producer.ping)
    chat, following = _compose(settings, runtime.clock, database, keyring, directory, producer)
    runtime.run("log", following.run)
    runtime.check("log", following.ready)
    keyring.attach(runtime, following.epoch)
    await _open(runtime, settings, chat, directory.verifier(runtime.clock), patience)
    bus = Bus(
        settings,
        MongoStorage(database, keyring, runtime.clock),
        keyring,
        producer,
        NAME,
        clock=runtime.clock,
    )
    bus.consume(consumers.case_events(chat))
    await runtime.enter(bus)
    runtime.check("bus", bus.ready)


def _compose(  # noqa: PLR0913, PLR0917 - what it is composed of
    settings: ChatSettings,
    clock: Clock,
    database: Database,
    keyring: Keyring,
    directory: Directory,
    producer: Producer,
) -> tuple[Chat, Following]:
    def technician_name(technician_id: str) -> str:
        technician = directory.technician(technician_id)
        return technician.name if technician else ""

    store = MongoChatStore(database)
    watermarks = Watermarks()
    archive = Archive(store, keyring, technician_name)
    relay = Relay(archive, technician_name, watermarks)
    stored = watermarks if settings.accept_after == "stored" else None
    log = Log(producer, keyring, relay.through, stored)
    receipts = Receipts(log, store, clock)
    keeping = Keeping(store, archive, keyring, producer, clock)
    persister = Persister(settings, store, keeping, watermarks)
    epochs = EpochKeeper(settings, store, keyring, producer, clock)
    following = Following(settings, epochs, store, watermarks, log, relay, persister)
    return Chat(store, keyring, producer, log, relay, receipts, directory, clock), following


async def _open(
    runtime: Runtime,
    settings: ChatSettings,
    chat: Chat,
    verifier: TokenVerifier,
    patience: Patience,
) -> None:
    hub = Hub(settings.sockets_per_person)
    broadcasts = Broadcasts(settings, chat.keyring, chat.relay, hub, chat.directory, verifier)
    runtime.run("broadcasts", broadcasts.follow)
    runtime.check("broadcasts", broadcasts.ready)
    runtime.run("receipts.signal", chat.receipts.signal)
    runtime.run("receipts.store", chat.receipts.store)
    runtime.state.chat = chat
    runtime.state.verifier = verifier
    runtime.state.desk = Desk(chat, hub, verifier, patience.limits, patience.authentication_seconds)
    runtime.state.open = lambda: chat.log.epoch is not None and broadcasts.following
    runtime.state.farewell = hub.farewell
