"""Chat's composition root: the only place where its parts meet."""

import time
from dataclasses import dataclass
from functools import partial

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.dead_letters import DeadLetters
from chassis.directory import Directory
from chassis.erasure import Eraser, bus_holdings
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.producer import Producer
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from chassis.tokens import TokenVerifier
from contracts.topics import CHAT_LOG
from services.chat import api, consumers
from services.chat.archive import Archive
from services.chat.attendance import Attendance
from services.chat.broadcasts import Broadcasts
from services.chat.dialogue import Desk
from services.chat.epochs import EpochKeeper
from services.chat.following import Following
from services.chat.handlers import Chat, forget_conversation
from services.chat.hub import Hub
from services.chat.keeping import Keeping
from services.chat.log import Log
from services.chat.looking import Looking
from services.chat.outbound import Limits
from services.chat.persister import Persister
from services.chat.presence import Presence, timer_of
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


@dataclass(frozen=True, slots=True)
class _Ground:
    """What chat is built on."""

    settings: ChatSettings
    clock: Clock
    storage: MongoStorage
    keyring: Keyring
    directory: Directory
    producer: Producer
    timers: MongoTimers
    hub: Hub

    def technician_name(self, technician_id: str) -> str:
        """The name somebody is shown under; empty when nobody knows it."""
        technician = self.directory.technician(technician_id)
        return technician.name if technician else ""


async def _start(runtime: Runtime, settings: ChatSettings, patience: Patience) -> None:
    ground = await _lay_ground(runtime, settings)
    chat, following = _compose(ground)
    runtime.run("log", following.run)
    runtime.check("log", following.ready)
    ground.keyring.attach(runtime, following.epoch)
    verifier = ground.directory.verifier(runtime.clock)
    await _open(runtime, ground, chat, verifier, patience)
    runtime.run("presence", chat.presence.keep)
    runtime.run("timers", lambda: ground.timers.run(consumers.timers(chat)))
    await _join_bus(runtime, ground, chat, following.persister)


async def _lay_ground(runtime: Runtime, settings: ChatSettings) -> _Ground:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    await database.ensure_indexes(INDEXES)
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    directory = Directory(settings)
    directory.attach(runtime)
    producer = await runtime.enter(Producer(settings))
    runtime.check("broker", producer.ping)
    storage = MongoStorage(database, keyring, runtime.clock)
    timers = MongoTimers(database, storage, runtime.clock, settings.instance)
    await timers.prepare()
    hub = Hub(settings.sockets_per_person)
    return _Ground(settings, runtime.clock, storage, keyring, directory, producer, timers, hub)


def _compose(on: _Ground) -> tuple[Chat, Following]:
    store = MongoChatStore(on.storage.database)
    watermarks = Watermarks()
    archive = Archive(store, on.keyring, on.technician_name)
    relay = Relay(archive, on.technician_name, watermarks)
    stored = watermarks if on.settings.accept_after == "stored" else None
    log = Log(on.producer, on.keyring, relay.through, stored)
    receipts = Receipts(log, store, on.clock)
    letters = DeadLetters(on.storage.database, on.clock, NAME, on.producer)
    keeping = Keeping(store, archive, on.keyring, letters, on.clock)
    persister = Persister(on.settings, store, keeping, watermarks)
    epochs = EpochKeeper(on.settings, store, on.keyring, on.producer, on.clock)
    following = Following(on.settings, epochs, store, watermarks, log, relay, persister)
    presence = Presence(
        on.hub,
        relay,
        on.storage,
        on.timers,
        on.directory,
        on.clock,
        lambda: log.epoch is not None,
    )
    looking = Looking(on.hub, relay, log, on.technician_name, on.clock, time.monotonic)
    chat = Chat(
        store,
        on.keyring,
        on.producer,
        log,
        relay,
        receipts,
        on.directory,
        presence,
        looking,
        on.clock,
    )
    return chat, following


async def _open(
    runtime: Runtime, on: _Ground, chat: Chat, verifier: TokenVerifier, patience: Patience
) -> None:
    broadcasts = Broadcasts(
        on.settings,
        on.keyring,
        chat.relay,
        on.hub,
        on.directory,
        verifier,
        chat.looking,
        partial(forget_conversation, chat),
    )
    runtime.run("broadcasts", broadcasts.follow)
    runtime.check("broadcasts", broadcasts.ready)
    runtime.run("receipts.signal", chat.receipts.signal)
    runtime.run("receipts.store", chat.receipts.store)
    runtime.run("looking", chat.looking.keep)
    runtime.run("attendance", Attendance(on.hub, chat.log, on.directory, on.clock).keep)
    runtime.state.chat = chat
    runtime.state.verifier = verifier
    runtime.state.desk = Desk(
        chat, on.hub, verifier, patience.limits, patience.authentication_seconds
    )
    runtime.state.open = lambda: chat.log.epoch is not None and broadcasts.following
    runtime.state.farewell = on.hub.farewell


def _eraser(on: _Ground) -> Eraser:
    database = on.storage.database
    holdings = (
        bus_holdings(database)
        | on.timers.holdings(lambda case_id: [timer_of(case_id)])
        | MongoChatStore(database).holdings()
    )
    return Eraser(NAME, on.keyring, holdings, on.clock)


async def _join_bus(runtime: Runtime, on: _Ground, chat: Chat, persister: Persister) -> None:
    bus = Bus(on.settings, on.storage, on.keyring, on.producer, NAME, clock=runtime.clock)
    bus.consume(consumers.case_events(chat))
    bus.consume(consumers.erasures(chat, _eraser(on)))
    bus.replays.add(CHAT_LOG.name, persister.again, persister.partitions)
    runtime.consumes(persister.consumption)
    await bus.attach(runtime)
