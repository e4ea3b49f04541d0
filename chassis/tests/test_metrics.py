"""What is measured says what happened, and is shown to nobody outside."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import APIRouter
from prometheus_client import REGISTRY

from chassis import health
from chassis.app import Runtime, create_app
from chassis.errors import DeskbusError
from chassis.gateway import Gateway
from chassis.mongo import Database, DatabaseAway, Driver
from chassis.runtime import Checked
from chassis.settings import Settings

router = APIRouter()


class Taken(DeskbusError):
    code = "taken"
    status = 409
    text = "Somebody was faster."


@router.get("/api/measured/taken")
async def taken() -> None:
    raise Taken


def measured(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(f"deskbus_{name}", labels) or 0.0


async def start(_: Runtime) -> None:
    return


@asynccontextmanager
async def served(settings: Settings, base_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app("measured", settings, start=start, routers=[router])
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=base_url) as http,
    ):
        yield http


async def test_an_error_is_counted_once_by_its_code(settings: Settings) -> None:
    before = measured("errors_total", service="measured", code="taken")
    async with served(settings, "http://test") as http:
        await http.get("/api/measured/taken")
        await http.get("/api/measured/nothing")
    assert measured("errors_total", service="measured", code="taken") == before + 1
    assert measured("errors_total", service="measured", code="not_found") >= 1


async def test_a_method_that_somebody_made_up_makes_no_label(settings: Settings) -> None:
    async with served(settings, "http://test") as http:
        await http.request("BREW", "/api/measured/taken")
        text = (await http.get("/metrics")).text
    assert 'method="other"' in text
    assert "BREW" not in text


# ---- who may see it ------------------------------------------------------------------------------

PUBLIC = "https://desk.example"


async def test_who_asks_the_process_itself_sees_what_is_measured(settings: Settings) -> None:
    production = settings.model_copy(update={"public_url": PUBLIC})
    async with served(production, "http://chat:8080") as http:
        answer = await http.get("/metrics")
    assert answer.status_code == 200
    assert "deskbus_http_seconds_bucket" in answer.text


@pytest.mark.parametrize(
    "header", ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"]
)
async def test_nothing_is_there_for_what_came_through_a_proxy(
    settings: Settings, header: str
) -> None:
    async with served(settings, "http://chat:8080") as http:
        answer = await http.get("/metrics", headers={header: "203.0.113.9"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


async def test_nothing_is_there_under_the_public_name(settings: Settings) -> None:
    production = settings.model_copy(update={"public_url": PUBLIC})
    async with served(production, PUBLIC) as http:
        assert (await http.get("/metrics")).status_code == 404


async def test_the_gateway_shows_nothing_outside_either(settings: Settings) -> None:
    app = create_app("portal", settings, start=start)
    transport = httpx.ASGITransport(Gateway({"portal": app}))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as http,
    ):
        assert (await http.get("/metrics")).status_code == 200
        passed_on = await http.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        assert passed_on.status_code == 404


# ---- how a service is ----------------------------------------------------------------------------


async def test_checks_are_kept_as_they_were_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.health.CHECK_SECONDS", 0.01)
    reasons: dict[str, str | None] = {"database": None, "bus": "waits"}

    async def checks() -> list[Checked]:
        return [Checked(name, reason, needed=name == "bus") for name, reason in reasons.items()]

    task = asyncio.create_task(health.watch_checks("checked", checks))
    async with asyncio.timeout(10):
        while measured("check_ok", service="checked", check="database") != 1:
            await asyncio.sleep(0)
        assert measured("check_ok", service="checked", check="bus") == 0
        reasons["bus"] = None
        while measured("check_ok", service="checked", check="bus") != 1:
            await asyncio.sleep(0)
    task.cancel()


async def test_a_blocked_loop_is_measured() -> None:
    def late() -> float:
        name, labels = "deskbus_loop_lag_seconds_bucket", {"service": "blocked", "le": "0.2"}
        count = measured("loop_lag_seconds_count", service="blocked")
        return count - (REGISTRY.get_sample_value(name, labels) or 0.0)

    task = asyncio.create_task(health.watch_loop("blocked"))
    async with asyncio.timeout(10):
        await asyncio.sleep(0)
        # The whole tick and more, in which nobody else can run.
        time.sleep(health.TICK_SECONDS + 0.3)  # noqa: ASYNC251 - that it blocks is the point
        while not late():
            await asyncio.sleep(0)
    task.cancel()


@pytest.mark.parametrize("driver", ["motor", "pymongo"])
async def test_commands_and_connections_are_measured(
    mongo_url: str, db_prefix: str, driver: Driver
) -> None:
    name = f"measured{driver}"

    def seconds(command: str, outcome: str) -> float:
        labels = {"service": name, "command": command, "outcome": outcome}
        return measured("mongo_command_seconds_count", **labels)

    def connections(state: str) -> float:
        return measured("mongo_connections", service=name, state=state)

    async with Database.connect(mongo_url, f"{db_prefix}{name}", driver) as database:
        await database.collection("things").insert_one({"_id": "a"})
        assert seconds("insert", "done") == 1
        assert connections("open") >= 1
        assert connections("in_use") == 0
        assert measured("mongo_pool_wait_seconds_count", service=name) >= 1
        with pytest.raises(Exception, match="nonsense"):
            await database.collection("things").find({"$nonsense": 1})
        assert seconds("find", "failed") == 1
    assert connections("open") == 0


async def test_an_absent_database_leaves_no_connection_behind() -> None:
    url = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=50"
    async with Database.connect(url, "x_absent") as database:
        with pytest.raises(DatabaseAway):
            await database.ping()
    assert measured("mongo_connections", service="absent", state="open") == 0
