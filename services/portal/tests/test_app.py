"""The whole service: what it tells the others, how it starts, and when it is ready."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from chassis import starting
from chassis.devstack.mongod import Mongod
from chassis.settings import SettingsError
from services.portal.app import create
from services.portal.settings import PortalSettings
from services.portal.tests.browsers import become_available, browser, running, sign_in
from services.portal.tests.examples import cheap_hasher, wish_for

pytestmark = [pytest.mark.mongo, pytest.mark.tansu]

# ---- starting -----------------------------------------------------------------------------------


async def test_a_second_start_keeps_all_data(settings: PortalSettings) -> None:
    async with running(settings) as app, browser(app) as client:
        await become_available(client)
        token = client.headers["authorization"]
    changed = {**wish_for("changed"), "account": "Changed"}
    assert settings.first_account
    settings.first_account.write_text(json.dumps(changed))
    async with running(settings) as app, browser(app) as client:
        answer = await client.get("/api/portal/me", headers={"authorization": token})
        assert answer.json()["account_name"] == "Demo"
        assert answer.json()["available"] is True
        assert (await client.get("/api/portal/portals/changed")).status_code == 404


async def test_two_instances_that_start_at_once_found_one_desk(settings: PortalSettings) -> None:
    second = settings.model_copy(update={"instance": "2"})
    one, other = create(settings, hasher=cheap_hasher()), create(second, hasher=cheap_hasher())
    async with asyncio.TaskGroup() as starts:
        stopped = asyncio.Event()
        ready: list[asyncio.Future[None]] = [
            asyncio.get_running_loop().create_future() for _ in "12"
        ]
        for app, future in zip((one, other), ready, strict=True):
            starts.create_task(_until_stopped(app, future, stopped))
        await asyncio.gather(*ready)
        async with browser(one) as here, browser(other) as there:
            await sign_in(here)
            token = here.headers["authorization"]
            answer = await there.get("/api/portal/technicians", headers={"authorization": token})
            assert len(answer.json()["technicians"]) == 3
        stopped.set()


async def _until_stopped(
    app: FastAPI, ready: "asyncio.Future[None]", stopped: asyncio.Event
) -> None:
    async with app.router.lifespan_context(app):
        ready.set_result(None)
        await stopped.wait()


async def test_a_database_that_is_still_to_come_is_waited_for(
    settings: PortalSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the first account and all: MongoDB comes after the service, and has yet to elect itself."""
    waits = asyncio.Event()
    monkeypatch.setattr(starting, "_tell", lambda *_: waits.set())
    mongod = Mongod(tmp_path / "mongo", for_now=True)

    async def come() -> None:
        await waits.wait()
        mongod.launch()
        await asyncio.to_thread(mongod.await_primary)

    try:
        async with asyncio.timeout(120), asyncio.TaskGroup() as tasks:
            tasks.create_task(come())
            late = settings.model_copy(update={"mongo": mongod.url})
            async with running(late) as app, browser(app) as client:
                assert (await sign_in(client)).is_success
                portal = await client.get("/api/portal/portals/demo")
                assert portal.is_success
    finally:
        mongod.stop()


# ---- being ready, and not ------------------------------------------------------------------------


async def test_it_is_ready_when_database_and_broker_answer(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    assert answer.json() == {"ready": True, "checks": {"database": "ok", "broker": "ok"}}


async def test_without_a_broker_it_says_so_and_still_signs_people_in(
    settings: PortalSettings,
) -> None:
    alone = settings.model_copy(update={"kafka": "127.0.0.1:1"})
    async with running(alone) as app, browser(app) as client:
        answer = await client.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["checks"]["broker"] != "ok"
        await become_available(client)


@pytest.mark.parametrize("content", [None, "{", '{"account": "x"}'])
async def test_an_unusable_first_account_stops_the_start_with_a_sentence(
    settings: PortalSettings, content: str | None
) -> None:
    file = settings.first_account
    assert file
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(SettingsError, match="DESKBUS_FIRST_ACCOUNT"):
        async with running(settings):
            pass
