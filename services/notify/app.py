"""Notify's composition root: the only place where its parts meet."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus, Subscription
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.erasure import Eraser, bus_holdings, erasures
from chassis.fresh_log import FreshLog
from chassis.keyring import Keyring
from chassis.leases import Leases
from chassis.links import Links
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.storage import MongoStorage
from chassis.timers import MongoTimers
from chassis.topics import wait_for_epoch
from services.notify import api, consumers, inbox_api, received_api, ringing_api
from services.notify.addressing import Addresses
from services.notify.domain import Persistence
from services.notify.escalating import Escalation
from services.notify.handlers import Alerts, Mails, Surveys, timers_of
from services.notify.imap import connect
from services.notify.inbox_store import MongoInboxStore
from services.notify.inboxes import Inboxes
from services.notify.ledger import Ledger
from services.notify.listener import listening
from services.notify.mailbox import LEASE_SECONDS, Mailbox, Reading
from services.notify.mailbox_store import MongoPlaceStore
from services.notify.patience import MongoPatience, Patience
from services.notify.planned import MongoPlannedStore
from services.notify.postman import Postman
from services.notify.received_shelf import ReceivedShelf
from services.notify.received_store import MongoReceivedStore
from services.notify.receiving import Receiving
from services.notify.ringing import Ringing
from services.notify.service_levels import ServiceLevels
from services.notify.settings import NotifySettings
from services.notify.storage import MongoAlertStore, MongoMailStore
from services.notify.targets import Targets
from services.notify.threading import Threads

NAME = "notify"
LONGEST_WAIT: Final = timedelta(hours=1)
"""Between two tries of a mail."""


def create(
    settings: NotifySettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """The service; tests pass a clock that they move."""
    chosen = settings or NotifySettings.load()

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen)

    return create_app(
        NAME,
        chosen,
        start=start,
        routers=[inbox_api.router, received_api.router, ringing_api.router, api.router],
        clock=clock,
    )


async def _start(runtime: Runtime, settings: NotifySettings) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    runtime.check("database", database.ping)
    keyring = Keyring(database, settings)
    keyring.attach(runtime, lambda: wait_for_epoch(settings))
    directory = Directory(settings)
    directory.attach(runtime)
    storage = MongoStorage(database, keyring, runtime.clock)
    runtime.state.verifier = directory.verifier(runtime.clock)
    timers = MongoTimers(database, storage, runtime.clock, settings.instance)
    ledger, mails = await _mails(runtime, settings, storage, keyring, directory)
    escalation = _escalation(settings, directory, ledger)
    alerts = await _alerts(runtime, settings, storage, timers, directory, escalation)
    planned = MongoPlannedStore(database, keyring)
    await planned.prepare()
    links, wait = Links(settings), settings.survey_after
    surveys = Surveys(planned, ledger, timers, directory, links, clock=runtime.clock, wait=wait)
    runtime.state.alerts = alerts
    runtime.state.mails = mails
    inboxes = await _inboxes(runtime, settings, database, directory)
    runtime.state.inboxes = inboxes
    levels = ServiceLevels(
        MongoAlertStore(database),
        directory,
        inboxes,
        runtime.clock,
        settings.inbox_kept,
        escalation,
    )
    runtime.run("timers", lambda: timers.run(consumers.timers(alerts, surveys)))
    receiving = await _receiving(runtime, settings, storage, keyring, directory, ledger)
    runtime.state.receiving = receiving
    subscriptions = [
        consumers.case_events(alerts, mails, surveys, inboxes, levels, receiving),
        consumers.commands(mails),
        erasures(_eraser(runtime, database, keyring, timers)),
    ]
    await _join_bus(runtime, settings, subscriptions, storage, keyring)
    await _fetch(runtime, settings, database, receiving)
    if settings.door is not None:
        # Last, so that nobody knocks before there is somebody to open.
        runtime.state.mail_port = await runtime.enter(listening(settings.door, receiving))


async def _receiving(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    settings: NotifySettings,
    storage: MongoStorage,
    keyring: Keyring,
    directory: Directory,
    ledger: Ledger,
) -> Receiving:
    store = MongoReceivedStore(storage.database, keyring)
    await store.prepare()
    runtime.state.received_shelf = ReceivedShelf(store)
    threads = Threads(settings.secret_key())
    mails = MongoMailStore(storage.database, keyring)
    addresses = Addresses(threads, settings.mail_from, settings.mail_intake, settings.portal_domain)
    return Receiving(
        storage,
        store,
        mails,
        ledger,
        targets=Targets(mails, keyring, directory, threads, addresses),
        portals=directory,
        threads=threads,
        addresses=addresses,
        links=Links(settings),
        clock=runtime.clock,
        secret=settings.secret_key(),
        per_hour=settings.mail_per_hour,
        locale=settings.staff_language,
    )


async def _fetch(
    runtime: Runtime, settings: NotifySettings, database: Database, receiving: Receiving
) -> None:
    """Mail is fetched from a mailbox, if there is one."""
    provider = settings.mailbox
    if provider is None:
        return
    places = MongoPlaceStore(database)
    await places.prepare()
    leases = Leases(database, runtime.clock, settings.instance, LEASE_SECONDS)
    await leases.prepare()
    reading = Reading(
        connect=lambda: connect(provider),
        name=f"{provider.user}@{provider.host}/{provider.folder}",
        address=settings.imap_address,
        done=settings.imap_done_folder,
        largest=settings.mail_megabytes * 1024 * 1024,
        every=settings.imap_every_seconds,
    )
    mailbox = Mailbox(reading, places, leases, receiving, runtime.clock)
    # What waits at the provider is no reason to answer nobody.
    runtime.check("mailbox", mailbox.trouble, needed=False)
    runtime.run("mailbox", mailbox.run)


def _eraser(runtime: Runtime, database: Database, keyring: Keyring, timers: MongoTimers) -> Eraser:
    holdings = (
        bus_holdings(database)
        | timers.holdings(timers_of)
        | MongoAlertStore(database).holdings()
        | MongoMailStore(database, keyring).holdings()
        | MongoPlannedStore(database, keyring).holdings()
        | MongoInboxStore(database).holdings()
        | MongoReceivedStore(database, keyring).holdings()
    )
    return Eraser(NAME, keyring, holdings, runtime.clock)


async def _alerts(  # noqa: PLR0913, PLR0917 - what it connects
    runtime: Runtime,
    settings: NotifySettings,
    storage: MongoStorage,
    timers: MongoTimers,
    directory: Directory,
    escalation: Escalation | None,
) -> Alerts:
    store = MongoAlertStore(storage.database)
    await store.prepare()
    patience = MongoPatience(
        storage.database, Patience(settings.ring_again, settings.ring_again_times)
    )
    runtime.state.ringing = Ringing(
        storage, patience, runtime.clock, mails=settings.escalate_by_mail
    )
    return Alerts(store, timers, directory, runtime.clock, patience, escalation)


def _escalation(
    settings: NotifySettings, directory: Directory, ledger: Ledger
) -> Escalation | None:
    if not settings.escalate_by_mail:
        return None
    return Escalation(
        ledger, directory, public_url=settings.public_url, language=settings.staff_language
    )


async def _inboxes(
    runtime: Runtime, settings: NotifySettings, database: Database, directory: Directory
) -> Inboxes:
    store = MongoInboxStore(database, settings.inbox_kept)
    await store.prepare()
    streams = MongoAlertStore(database)
    return Inboxes(store, streams, directory, runtime.clock, settings.inbox_kept)


async def _mails(
    runtime: Runtime,
    settings: NotifySettings,
    storage: MongoStorage,
    keyring: Keyring,
    directory: Directory,
) -> tuple[Ledger, Mails]:
    store = MongoMailStore(storage.database, keyring)
    await store.prepare()
    ledger = Ledger(store, runtime.clock, _persistence(settings))

    def company_name(company_id: str) -> str:
        company = directory.company(company_id)
        return company.name if company else ""

    postman = Postman(
        storage,
        store,
        ledger,
        company_name,
        settings=settings,
        clock=runtime.clock,
        received=MongoReceivedStore(storage.database, keyring),
    )
    runtime.run("postman", postman.run)
    answerable = bool(settings.mail_intake)
    return ledger, Mails(store, ledger, directory, Links(settings), answerable=answerable)


def _persistence(settings: NotifySettings) -> Persistence:
    return Persistence(
        first=timedelta(seconds=settings.mail_retry_seconds),
        longest=LONGEST_WAIT,
        give_up=timedelta(hours=settings.mail_give_up_hours),
    )


async def _join_bus(
    runtime: Runtime,
    settings: NotifySettings,
    subscriptions: Sequence[Subscription],
    storage: MongoStorage,
    keyring: Keyring,
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    FreshLog(runtime, storage.database, publisher).attach()
    bus = Bus(settings, storage, keyring, producer, NAME, clock=runtime.clock)
    for subscription in subscriptions:
        bus.consume(subscription)
    await bus.attach(runtime)
