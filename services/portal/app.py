"""Portal's composition root: the only place where its parts meet."""

from datetime import timedelta

from argon2 import PasswordHasher
from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.bus import Bus
from chassis.clock import Clock, SystemClock
from chassis.directory import Directory
from chassis.erasure import Eraser, bus_holdings, erasures
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.purposes import purpose_key
from chassis.storage import MongoStorage
from chassis.synthetic import probe_key
from chassis.timers import MongoTimers
from chassis.tokens import TokenSigner, TokenVerifier
from services.portal import api, api_integrations, api_portals, consumers, handlers
from services.portal.attendance import AWAY, Vigil, expect_everybody
from services.portal.desk import Desk
from services.portal.herald import Herald
from services.portal.pages import Pages
from services.portal.passwords import Passwords
from services.portal.records import INDEXES
from services.portal.settings import PortalSettings
from services.portal.signing import private_key, public_key
from services.portal.storage import MongoPortalStore
from services.portal.wished import wished_account

NAME = "portal"


def create(
    settings: PortalSettings | None = None,
    *,
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
    hasher: PasswordHasher | None = None,
) -> FastAPI:
    """The service; tests pass a clock that they move, and a hasher that is cheap."""
    chosen = settings or PortalSettings.load()
    passwords = Passwords(hasher)

    async def start(runtime: Runtime) -> None:
        await _start(runtime, chosen, passwords)

    pages = Pages(chosen.web_dist, chosen.public_url)
    routers = (api.router, api_integrations.router, api_portals.router, pages.router())
    app = create_app(NAME, chosen, start=start, routers=routers, clock=clock)
    pages.show_unknown(app)
    return app


async def _start(runtime: Runtime, settings: PortalSettings, passwords: Passwords) -> None:
    database = await runtime.enter(Database.connect(settings.mongo, settings.database(NAME)))
    await database.ensure_indexes(INDEXES)
    # The directory holds nothing of customers, so the keyring has no keys; it knows whom it lets in no more.
    keyring = Keyring(database, settings)
    storage = MongoStorage(database, keyring, runtime.clock)
    timers = MongoTimers(database, storage, runtime.clock, settings.instance)
    await timers.prepare()
    desk = await _desk(runtime, settings, passwords, storage, keyring, timers)
    if wish := wished_account(settings):
        await handlers.create_first_account(desk, wish)
    holdings = bus_holdings(database) | MongoPortalStore(database).holdings()
    eraser = Eraser(NAME, keyring, holdings, runtime.clock)
    # Its own directory comes back to it by the bus, with the API keys that another instance created.
    Directory(settings).attach_for_keys(runtime)
    herald = Herald(settings, desk)
    await _join_bus(runtime, settings, desk, storage, eraser, herald)
    await _keep_vigil(runtime, settings, desk, timers, herald)
    runtime.check("database", database.ping)


async def _desk(  # noqa: PLR0913, PLR0917 - what it stands on
    runtime: Runtime,
    settings: PortalSettings,
    passwords: Passwords,
    storage: MongoStorage,
    keyring: Keyring,
    timers: MongoTimers,
) -> Desk:
    store = MongoPortalStore(storage.database)
    secret = settings.secret_key()
    key = await handlers.ensure_signing_key(storage, store, secret)
    desk = Desk(
        storage=storage,
        store=store,
        clock=runtime.clock,
        signer=TokenSigner(private_key(key, secret), key.id, runtime.clock),
        passwords=passwords,
        chain_key=purpose_key(secret, "portal sessions"),
        probe_key=probe_key(secret),
        host=settings.public_host,
        keys=keyring,
        audit_kept=timedelta(days=settings.audit_days),
        timers=timers,
        away_after=settings.away_after,
    )
    public = public_key(key)
    runtime.state.desk = desk
    # Use cases read the technician anyway, and see there whether the token was revoked.
    runtime.state.verifier = TokenVerifier(
        lambda key_id: public if key_id == key.id else None, lambda _: None, runtime.clock
    )
    return desk


async def _keep_vigil(
    runtime: Runtime, settings: PortalSettings, desk: Desk, timers: MongoTimers, herald: Herald
) -> None:
    vigil = Vigil(desk)
    await expect_everybody(desk)
    runtime.run("attendance", lambda: herald.once_begun(lambda: vigil.follow(settings)))
    runtime.run("attendance.leases", vigil.keep)
    runtime.run("timers", lambda: timers.run({AWAY: vigil.take_leave}))


async def _join_bus(  # noqa: PLR0913, PLR0917 - what it stands on
    runtime: Runtime,
    settings: PortalSettings,
    desk: Desk,
    storage: MongoStorage,
    eraser: Eraser,
    herald: Herald,
) -> None:
    producer = await runtime.enter(Producer(settings))
    publisher = Publisher(
        storage.database, producer, runtime.clock, settings.instance, committed=storage.committed
    )
    runtime.run("publisher", lambda: herald.once_begun(publisher.run))
    runtime.run("herald", herald.run)
    runtime.check("broker", producer.ping)
    # Not a condition of being ready: customers are let in and people sign in without it.
    bus = Bus(settings, storage, desk.keys, producer, NAME, clock=runtime.clock)
    bus.consume(erasures(eraser))
    bus.consume(consumers.audit_log(desk))
    await bus.attach(runtime, needed=False)
