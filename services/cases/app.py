"""Cases' composition root: the only place where its parts meet."""

from collections.abc import Sequence
from datetime import timedelta

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus, Subscription
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.erasure import Eraser, bus_holdings
from chassis.fresh_log import FreshLog
from chassis.keyring import Keyring
from chassis.leases import Leases
from chassis.links import Links
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Position, Producer
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from chassis.topics import wait_for_epoch
from contracts.topics import DATA_KEYS
from services.cases import (
    api,
    api_customers,
    api_saved,
    assignment_api,
    consumers,
    contacts_api,
    erasure_api,
    live_desk,
    looks_api,
    macros_api,
    past_api,
    queue,
    relations_api,
    ring_api,
    rules_api,
    sla_api,
    snoozing_api,
)
from services.cases.assigning import Assigning
from services.cases.assignment_store import MongoAssignmentStore
from services.cases.attendance import MongoAttendance, Register
from services.cases.backfill import Backfill
from services.cases.clocks import Clocks
from services.cases.contact_book import ContactBook
from services.cases.contact_erasing import ContactErasing
from services.cases.contacts import AddressIndex
from services.cases.contacts_store import MongoContactStore
from services.cases.dispatching import Dispatcher
from services.cases.erasing import Erasing
from services.cases.erasure_store import MongoErasureStore
from services.cases.follow_up_desk import FollowUps
from services.cases.handlers import Desk
from services.cases.history import MongoHistory
from services.cases.keeping import Keeper, timers_of
from services.cases.label_desk import LabelDesk
from services.cases.labels import MongoLabels
from services.cases.looks import Looks, MongoLooks
from services.cases.macro_desk import MacroDesk
from services.cases.macros import MongoMacros
from services.cases.mailing import Mailing
from services.cases.making import Making
from services.cases.relating import Relating
from services.cases.ring_desk import RingDesk
from services.cases.rule_desk import RuleDesk
from services.cases.rule_runs import RUNS, RuleRuns, run_ids
from services.cases.rule_store import MongoRules
from services.cases.saved import MongoSavedFilters
from services.cases.saved_desk import SavedDesk
from services.cases.search import BlindIndex
from services.cases.settings import CasesSettings
from services.cases.sla_handlers import SlaDesk
from services.cases.sla_store import MongoServiceLevels
from services.cases.snoozing_desk import SnoozingDesk
from services.cases.snoozing_store import MongoSnoozing
from services.cases.storage import MongoCaseStore
from services.cases.switch_desk import SwitchDesk
from services.cases.technicians import Technicians
from services.cases.whatif import MongoPast

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
        routers=[
            erasure_api.router,
            macros_api.router,
            rules_api.router,
            api_saved.router,
            api.router,
            past_api.router,
            api_customers.router,
            live_desk.router,
            contacts_api.router,
            assignment_api.router,
            relations_api.router,
            ring_api.router,
            looks_api.router,
            sla_api.router,
            snoozing_api.router,
        ],
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
    store = MongoCaseStore(database, keyring, BlindIndex(settings.secret_key()))
    contacts = await _contacts(settings, database, keyring)
    book = ContactBook(storage, contacts, store, keyring, runtime.clock)
    runtime.state.contacts = book
    keeper = await _keeper(settings, storage, keyring, directory, timers, store, book)
    labels = MongoLabels(database)
    await labels.prepare()
    desk = Desk(keeper, keyring, runtime.clock)
    runtime.state.desk = desk
    technicians = Technicians(keeper, labels, runtime.clock)
    runtime.state.technicians = technicians
    runtime.state.looks = await _looks(storage, technicians, runtime.clock)
    runtime.state.macros = await _macros(database, keeper, labels, technicians, runtime.clock)
    runs = MongoTimers(database, storage, runtime.clock, settings.instance, RUNS)
    ruling = await _rules(
        runtime, database, keeper, labels, runs, MongoPast(MongoHistory(database, keyring))
    )
    runtime.state.making = Making(keeper, keyring, runtime.clock)
    relating = Relating(keeper, runtime.clock)
    runtime.state.relating = relating
    runtime.state.labels = LabelDesk(storage, labels, runtime.clock)
    runtime.state.snoozing = _snoozing(storage, keeper, keyring, runtime.clock)
    runtime.state.saved = await _saved(storage, labels, store, technicians, runtime.clock)
    runtime.state.links = Links(settings)
    runtime.state.verifier = directory.verifier(runtime.clock)
    await _assignment(runtime, settings, storage, keeper, directory, keyring)
    producer = await runtime.enter(Producer(settings))
    receipts = MongoErasureStore(database)
    await receipts.prepare()
    erasing = _erasing(runtime, settings, keeper, receipts, producer, keyring, book, relating)
    runtime.state.erasing = erasing
    runtime.state.contact_erasing = ContactErasing(erasing, book)
    sla = await _sla(runtime, database, keeper, directory, keyring)
    runtime.run("timers", lambda: timers.run(consumers.timers(desk, erasing, ruling, sla)))
    runtime.run("rules", lambda: runs.run(consumers.rule_runs(ruling)))
    backfill = Backfill(
        database, keeper, BlindIndex(settings.secret_key()), runtime.clock, settings.instance
    )
    runtime.run("backfill", backfill.run)
    waiting = queue.MongoQueue(database)
    runtime.run("queue", lambda: queue.watch(waiting, directory, runtime.clock))
    erasures = consumers.erasures(
        erasing, _eraser(runtime, database, keyring, timers, runs, store, contacts)
    )
    subscriptions = [
        consumers.chat_log(desk),
        consumers.notify_events(
            Mailing(keeper, keyring, runtime.clock), FollowUps(keeper, runtime.clock)
        ),
        erasures,
    ]
    await _join_bus(runtime, settings, subscriptions, storage, keyring, producer)


async def _assignment(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    settings: CasesSettings,
    storage: MongoStorage,
    keeper: Keeper,
    directory: Directory,
    keyring: Keyring,
) -> None:
    database = storage.database
    past = MongoPast(MongoHistory(database, keyring))
    store = MongoAssignmentStore(database)
    await store.prepare()
    attendance = MongoAttendance(database)
    await attendance.prepare()
    register = Register(attendance)
    directory.on_change(register.note_entry)
    runtime.run("attendance", register.run)
    runtime.state.assigning = Assigning(keeper.storage, store, directory, past, runtime.clock)
    runtime.state.switching = SwitchDesk(store, directory, attendance, past, runtime.clock)
    runtime.state.ringing = RingDesk(past, runtime.clock)
    dispatcher = Dispatcher(keeper, store, runtime.clock)
    keeper.turned = dispatcher.note
    keeper.is_routed = dispatcher.is_routed
    directory.on_change(dispatcher.note_entry)
    leases = Leases(database, runtime.clock, settings.instance)
    runtime.run("assignment", lambda: dispatcher.run(leases))


async def _sla(
    runtime: Runtime, database: Database, keeper: Keeper, directory: Directory, keyring: Keyring
) -> SlaDesk:
    """Service levels at work, and those who set them."""
    levels = MongoServiceLevels(database)
    await levels.prepare()
    keeper.clocks = Clocks(levels, keeper.timers)
    past = MongoPast(MongoHistory(database, keyring))
    desk = SlaDesk(keeper, levels, past, directory, runtime.clock)
    runtime.state.sla = desk
    return desk


async def _saved(
    storage: MongoStorage,
    labels: MongoLabels,
    store: MongoCaseStore,
    technicians: Technicians,
    clock: Clock,
) -> SavedDesk:
    saved = MongoSavedFilters(storage.database)
    await saved.prepare()
    return SavedDesk(storage, saved, labels, store, technicians.scope_of, clock)


def _snoozing(
    storage: MongoStorage, keeper: Keeper, keyring: Keyring, clock: Clock
) -> SnoozingDesk:
    """When what is put off comes back, and those who decide it."""
    keeper.snoozing = store = MongoSnoozing(storage.database)
    past = MongoPast(MongoHistory(storage.database, keyring))
    return SnoozingDesk(storage, store, past, clock)


async def _looks(storage: MongoStorage, technicians: Technicians, clock: Clock) -> Looks:
    store = MongoLooks(storage.database)
    await store.prepare()
    return Looks(storage, store, technicians, clock)


async def _live_desk(database: Database) -> live_desk.LiveDesk:
    figures = live_desk.LiveDesk(database)
    await figures.prepare()
    return figures


async def _macros(
    database: Database, keeper: Keeper, labels: MongoLabels, technicians: Technicians, clock: Clock
) -> MacroDesk:
    macros = MongoMacros(database)
    await macros.prepare()
    return MacroDesk(keeper, macros, labels, technicians, clock)


async def _rules(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    database: Database,
    keeper: Keeper,
    labels: MongoLabels,
    runs: MongoTimers,
    past: MongoPast,
) -> RuleRuns:
    """Rules at work, and those who write them."""
    rules = MongoRules(database)
    await rules.prepare()
    runtime.state.rules = RuleDesk(keeper, rules, labels, past, runtime.clock)
    ruling = RuleRuns(keeper, rules, labels, runs, runtime.clock)
    keeper.follow = ruling.follow
    return ruling


async def _keeper(  # noqa: PLR0913, PLR0917 - what it connects
    settings: CasesSettings,
    storage: MongoStorage,
    keyring: Keyring,
    directory: Directory,
    timers: MongoTimers,
    store: MongoCaseStore,
    contacts: ContactBook,
) -> Keeper:
    history = MongoHistory(storage.database, keyring)
    await store.prepare()
    await history.prepare()
    ask_for = timedelta(seconds=settings.ask_email_seconds)
    return Keeper(
        storage,
        store,
        history,
        directory,
        timers,
        ask_for=ask_for,
        contacts=contacts,
    )


async def _contacts(
    settings: CasesSettings, database: Database, keyring: Keyring
) -> MongoContactStore:
    secret = settings.secret_key()
    contacts = MongoContactStore(database, keyring, AddressIndex(secret), BlindIndex(secret))
    await contacts.prepare()
    return contacts


def _erasing(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    settings: CasesSettings,
    keeper: Keeper,
    receipts: MongoErasureStore,
    producer: Producer,
    keyring: Keyring,
    contacts: ContactBook,
    relating: Relating,
) -> Erasing:
    async def bury(key_id: str) -> Position:
        return await producer.send_raw(DATA_KEYS.name, key_id.encode(), None, [])

    look_again = timedelta(seconds=settings.erase_again_seconds)
    clock = runtime.clock
    return Erasing(
        keeper,
        receipts,
        keyring,
        bury=bury,
        clock=clock,
        look_again=look_again,
        contacts=contacts,
        relating=relating,
    )


def _eraser(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    database: Database,
    keyring: Keyring,
    timers: MongoTimers,
    runs: MongoTimers,
    store: MongoCaseStore,
    contacts: MongoContactStore,
) -> Eraser:
    holdings = (
        bus_holdings(database)
        | timers.holdings(timers_of)
        | runs.holdings_below(run_ids)
        | store.holdings()
        | MongoHistory(database, keyring).holdings()
        | contacts.holdings(keyring)
        | MongoLooks(database).holdings()
    )
    return Eraser(NAME, keyring, holdings, runtime.clock)


async def _join_bus(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    settings: CasesSettings,
    subscriptions: Sequence[Subscription],
    storage: MongoStorage,
    keyring: Keyring,
    producer: Producer,
) -> None:
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    for subscription in subscriptions:
        bus.consume(subscription)
    await bus.attach(runtime)
