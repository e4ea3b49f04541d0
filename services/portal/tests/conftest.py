"""Fixtures of portal's tests: a world of fakes, and the service on real servers."""

import base64
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import TokenSigner, TokenVerifier
from services.portal import handlers
from services.portal.desk import Desk
from services.portal.passwords import Passwords
from services.portal.schemas import FirstAccount
from services.portal.settings import PortalSettings
from services.portal.signing import private_key, public_key
from services.portal.storage import FakePortalStore
from services.portal.tests.browsers import browser, running
from services.portal.tests.examples import SECRET, WISH, World, cheap_hasher


@pytest.fixture
async def empty_world() -> World:
    storage, clock, keys, timers = FakeStorage(), FakeClock(), FakeKeyring(), FakeTimers()
    store = FakePortalStore(storage)
    key = await handlers.ensure_signing_key(storage, store, SECRET)
    public = public_key(key)
    desk = Desk(
        storage=storage,
        store=store,
        clock=clock,
        signer=TokenSigner(private_key(key, SECRET), key.id, clock),
        passwords=Passwords(cheap_hasher()),
        chain_key=SECRET,
        host="desk.example",
        keys=keys,
        timers=timers,
        away_after=timedelta(seconds=120),
    )
    verifier = TokenVerifier(
        lambda key_id: public if key_id == key.id else None, lambda _: None, clock
    )
    return World(desk, storage, store, clock, verifier, keys, timers)


@pytest.fixture
async def world(empty_world: World) -> World:
    wish = FirstAccount.model_validate(WISH)
    assert await handlers.create_first_account(empty_world.desk, wish)
    empty_world.storage.emitted.clear()
    return empty_world


@pytest.fixture
def settings(mongo_url: str, tansu_address: str, db_prefix: str, tmp_path: Path) -> PortalSettings:
    file = tmp_path / "first-account.json"
    file.write_text(json.dumps(WISH))
    return PortalSettings(
        kafka=tansu_address,
        mongo=mongo_url,
        database_prefix=db_prefix,
        embedded=True,
        secret=base64.b64encode(SECRET).decode(),
        first_account=file,
        web_dist=tmp_path,
    )


@pytest.fixture
async def app(settings: PortalSettings) -> AsyncIterator[FastAPI]:
    async with running(settings) as app:
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app) as client:
        yield client
