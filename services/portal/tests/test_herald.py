"""The directory reaches other services, and a broker that has lost its log is told it again."""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chassis.clock import FakeClock, SystemClock
from chassis.devstack.tansu import Tansu
from chassis.directory import Directory
from chassis.jobs import beside, supervise
from chassis.keyring import FakeKeyring
from chassis.mongo import Database, DatabaseAway
from chassis.outbox import Publisher
from chassis.producer import Producer
from chassis.storage import MongoStorage
from chassis.tokens import TokenExpired
from chassis.topics import ProvisioningFailed
from services.portal import handlers
from services.portal import herald as module
from services.portal.desk import Desk
from services.portal.herald import Herald
from services.portal.records import INDEXES
from services.portal.schemas import FirstAccount
from services.portal.settings import PortalSettings
from services.portal.storage import MongoPortalStore
from services.portal.tests.browsers import begin, sign_in
from services.portal.tests.examples import SECRET, WISH, World

WAIT_SECONDS = 60.0


def settings_for(kafka: str) -> PortalSettings:
    secret = base64.b64encode(SECRET).decode()
    return PortalSettings(kafka=kafka, mongo="unused", embedded=True, secret=secret)


def epochs(monkeypatch: pytest.MonkeyPatch, *found: int) -> list[int]:
    left = list(found)

    async def wait(_: object) -> int:
        return left.pop(0)

    monkeypatch.setattr(module, "wait_for_epoch", wait)
    return left


async def test_every_log_is_told_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    left = epochs(monkeypatch, 7, 7, 8, 8)
    herald, told = Herald(settings_for("unused"), world.desk), []
    while left:
        world.storage.emitted.clear()
        await herald._look()
        told.append(len(world.storage.emitted))
    assert told == [9, 0, 9, 0]


async def test_a_log_is_told_again_when_telling_it_failed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    epochs(monkeypatch, 7, 7)
    herald = Herald(settings_for("unused"), world.desk)

    async def away(_: object) -> int:
        raise DatabaseAway

    with monkeypatch.context() as broken:
        broken.setattr(module, "republish", away)
        with pytest.raises(DatabaseAway):
            await herald._look()
    await herald._look()
    assert len(world.storage.emitted) == 9


@pytest.mark.mongo
@pytest.mark.tansu
async def test_a_broker_that_begins_anew_gets_the_whole_directory(
    world: World, mongo_database: Database, tmp_path: Path
) -> None:
    desk, publisher_of = await founded(world, mongo_database)
    with Tansu(tmp_path / "first") as broker:
        settings, port = settings_for(broker.address), broker.port
        herald = Herald(settings, desk, look_seconds=0.2)
        await begin(settings, epoch=1)
        async with Producer(settings) as producer:
            publisher = publisher_of(producer)
            async with (
                beside(supervise("portal", "publisher", lambda: herald.once_begun(publisher.run))),
                beside(supervise("portal", "directory", herald.run)),
            ):
                await until_told(settings)
                broker.kill()
                async with anew(tmp_path, port, settings):
                    await until_told(settings)


@asynccontextmanager
async def anew(folder: Path, port: int, settings: PortalSettings) -> AsyncIterator[None]:
    """Another broker at the same address, provisioned before the portal has connected.

    Where the portal is quicker, the broker has made up topics of its own: then it begins once more.
    """
    for number in range(10):
        with Tansu(folder / f"anew{number}", port):
            try:
                await begin(settings, epoch=2)
            except ProvisioningFailed:
                continue
            yield
            return
    raise AssertionError("the portal was always quicker")


async def founded(world: World, database: Database) -> tuple[Desk, Callable[[Producer], Publisher]]:
    """A desk on a real database, and what makes its publisher."""
    await database.ensure_indexes(INDEXES)
    storage = MongoStorage(database, FakeKeyring())
    desk = replace(world.desk, storage=storage, store=MongoPortalStore(database))
    await handlers.create_first_account(desk, FirstAccount.model_validate(WISH))

    def publisher_of(producer: Producer) -> Publisher:
        return Publisher(database, producer, SystemClock(), "1", committed=storage.committed)

    return desk, publisher_of


async def until_told(settings: PortalSettings) -> None:
    """Waits until a service that starts now would know everybody."""
    directory, names = Directory(settings), set[str]()
    directory.on_change(lambda entry: names.add(getattr(entry, "name", "")))
    async with beside(directory.follow()), asyncio.timeout(WAIT_SECONDS):
        while not names >= {"Demo Ltd", "Ada Berg", "Greta Lind", "Tom Weiss"}:
            await asyncio.sleep(0.05)


# ---- what other services then know ---------------------------------------------------------------


@pytest.fixture
async def settings(settings: PortalSettings, tmp_path: Path) -> AsyncIterator[PortalSettings]:
    with Tansu(tmp_path / "broker") as broker:
        own = settings.model_copy(update={"kafka": broker.address})
        await begin(own, epoch=1)
        yield own


@pytest.mark.mongo
@pytest.mark.tansu
async def test_a_change_reaches_the_directory_of_other_services(
    settings: PortalSettings, client: httpx.AsyncClient
) -> None:
    me = (await sign_in(client)).json()["technician"]
    company = me["companies"][0]
    directory = Directory(settings)
    available: set[str] = set()
    directory.on_change(lambda e: available.add(e.key) if getattr(e, "available", False) else None)
    async with beside(directory.follow()):
        await until(lambda: directory.portal(company["portal"]["id"]) is not None)
        await client.put("/api/portal/me/availability", json={"available": True})
        await until(lambda: available == {f"technician:{me['id']}"})
        found = directory.technician(me["id"])
        portal = directory.portal(company["portal"]["id"])
        assert found is not None
        assert portal is not None
        assert portal.address == company["portal"]["address"]
        people = directory.technicians_with_access(found.tenant, company["id"])
        assert {person.name for person in people} == {"Ada Berg", "Greta Lind", "Tom Weiss"}


@pytest.mark.mongo
@pytest.mark.tansu
async def test_other_services_verify_what_portal_signed_until_it_is_revoked(
    app: FastAPI, settings: PortalSettings, client: httpx.AsyncClient
) -> None:
    answer = (await sign_in(client)).json()
    person_id, token = answer["technician"]["id"], answer["access_token"]
    clock: FakeClock = app.state.runtime.clock
    directory = Directory(settings)
    verifier = directory.verifier(clock)
    async with beside(directory.follow()):
        await until(lambda: directory.loaded and directory.technician(person_id) is not None)
        await until(lambda: directory.signing_key(app.state.desk.signer._kid) is not None)
        identity = verifier.identity(token)
        assert (identity.name, identity.role) == ("Greta Lind", "technician")
        clock.advance(1)
        await client.delete("/api/portal/session", params={"everywhere": True})
        await until(lambda: verifier.revoked(identity))
        with pytest.raises(TokenExpired):
            verifier.identity(token)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds():
            await asyncio.sleep(0.02)
