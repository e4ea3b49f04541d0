"""Every service tells administrators, and nobody else, how it is, and handles dead letters again."""

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import FastAPI

from chassis.app import Runtime, create_app
from chassis.clock import SystemClock
from chassis.dead_letters import DeadLetters
from chassis.deaths import Death
from chassis.ids import derived_id, new_id
from chassis.mongo import Database
from chassis.runtime import STILL_SECONDS, Consumption
from chassis.settings import Settings
from chassis.tests.buried import CORRUPT, Record
from chassis.tests.messages import TENANT
from chassis.tokens import Identity, TokenSigner, TokenVerifier

SETTINGS = Settings(
    kafka="k:1",
    mongo="mongodb://m",
    secret=base64.b64encode(bytes(32)).decode(),
    instance="demo-1",
)
KEY = Ed25519PrivateKey.generate()
URL = "/api/demo/operations"


def bearer(role: str, tenant: str = TENANT) -> dict[str, str]:
    identity = Identity("technician", new_id(), tenant, "Ada Admin", role)  # type: ignore[arg-type]
    token, _ = TokenSigner(KEY, "k", SystemClock()).access(identity)
    return {"authorization": f"Bearer {token}"}


ADMINISTRATOR = bearer("administrator")


@asynccontextmanager
async def service(
    letters: DeadLetters | None = None, bus: str | None = "broker away"
) -> AsyncIterator[httpx.AsyncClient]:
    async def start(runtime: Runtime) -> None:
        verifier = TokenVerifier({"k": KEY.public_key()}.get, lambda _: None, runtime.clock)
        runtime.state.verifier = verifier
        runtime.check("database", lambda: None)
        runtime.check("bus", lambda: bus)
        runtime.check("mailbox", lambda: "SignInRefused", needed=False)
        runtime.consumes(lambda: [Consumption("alerts", 3, STILL_SECONDS + 1)])
        if letters is not None:
            runtime.state.dead_letters = letters

    app: FastAPI = create_app("demo", SETTINGS, start=start)
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as http,
    ):
        yield http


@pytest.fixture
async def letters(mongo_database: Database) -> DeadLetters:
    letters = DeadLetters(mongo_database, SystemClock(), "demo")
    await letters.prepare()
    for value, reason in ((CORRUPT, "not JSON"), (b"{}", "no type")):
        await letters._keep(Record(value), 0, Death("unreadable", reason, 1))
    return letters


async def test_administrators_see_health_with_reasons_and_how_far_consumption_is() -> None:
    async with service() as http:
        told = (await http.get(URL, headers=ADMINISTRATOR)).raise_for_status().json()
    assert (told["service"], told["instance"], told["ready"]) == ("demo", "demo-1", False)
    assert told["checks"] == [
        {"name": "database", "reason": None, "needed": True},
        {"name": "bus", "reason": "broker away", "needed": True},
        {"name": "mailbox", "reason": "SignInRefused", "needed": False},
    ]
    (lag,) = told["consumption"]
    assert (lag["topic"], lag["records"], lag["state"]) == ("alerts", 3, "still")
    assert told["dead_letters"] == []


async def test_what_a_service_can_do_without_is_shown_and_turns_nobody_away() -> None:
    async with service(bus=None) as http:
        told = (await http.get(URL, headers=ADMINISTRATOR)).raise_for_status().json()
        ready = await http.get("/health/ready")
    assert told["ready"]
    assert {"name": "mailbox", "reason": "SignInRefused", "needed": False} in told["checks"]
    assert (ready.status_code, "mailbox" in ready.json()["checks"]) == (200, False)


@pytest.mark.parametrize(
    ("consumption", "state"),
    [
        (Consumption("t", 0, 0.0), "idle"),
        (Consumption("t", 9, 0.5), "moving"),
        (Consumption("t", 9, STILL_SECONDS + 1), "still"),
        (Consumption("t", 9, 0.5, "DatabaseAway"), "waiting"),
    ],
)
def test_consumption_is_told_as_the_watchdog_sees_it(consumption: Consumption, state: str) -> None:
    assert consumption.state == state


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/dead-letters"),
        ("GET", f"/dead-letters/{'0' * 32}"),
        ("POST", "/replays"),
        ("GET", f"/replays/{derived_id('replay')}"),
    ],
)
async def test_nobody_else_may(method: str, path: str) -> None:
    body = {"replay_id": new_id()} if method == "POST" else None
    async with service() as http:
        refused = await http.request(method, URL + path, json=body, headers=bearer("technician"))
        unknown = await http.request(method, URL + path, json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "administrators_only")
    assert unknown.status_code == 401


@pytest.mark.mongo
async def test_dead_letters_are_listed_and_shown_without_their_content(
    letters: DeadLetters,
) -> None:
    async with service(letters) as http:
        page = (await http.get(f"{URL}/dead-letters", headers=ADMINISTRATOR)).json()
        first = page["dead_letters"][0]
        one = await http.get(f"{URL}/dead-letters/{first['id']}", headers=ADMINISTRATOR)
        told = (await http.get(URL, headers=ADMINISTRATOR)).json()
        other = await http.get(
            f"{URL}/dead-letters/{first['id']}", headers=bearer("administrator", new_id())
        )
    assert {letter["reason"] for letter in page["dead_letters"]} == {"not JSON", "no type"}
    assert page["next"] is None
    where = (first["topic"], first["partition"], first["offset"])
    assert (where, first["code"], first["tries"]) == (("alerts", 2, 7), "unreadable", 1)
    assert one.json()["content"] is None
    assert "Max" not in one.text
    assert told["dead_letters"] == [{"topic": "alerts", "dead": 2, "asked": 0}]
    assert other.status_code == 404


@pytest.mark.mongo
async def test_a_replay_is_asked_for_once_and_its_progress_told(letters: DeadLetters) -> None:
    wish = {"replay_id": new_id(), "topic": "alerts"}
    async with service(letters) as http:
        for _ in range(2):
            asked = await http.post(f"{URL}/replays", json=wish, headers=ADMINISTRATOR)
            assert (asked.status_code, asked.json()["total"], asked.json()["left"]) == (202, 2, 2)
        (letter, _) = await letters.asked("alerts", [2])
        await letters.settle(letter, "failed", Death("unreadable", "not JSON", 1))
        url = f"{URL}/replays/{wish['replay_id']}"
        progress = (await http.get(url, headers=ADMINISTRATOR)).json()
        shown = await http.get(f"{URL}/dead-letters/{letter.id}", headers=ADMINISTRATOR)
        stranger = await http.get(url, headers=bearer("administrator", new_id()))
    assert (progress["failed"], progress["left"], progress["by"]) == (1, 1, "Ada Admin")
    (note,) = shown.json()["replays"]
    assert (note["by"], note["outcome"], note["reason"]) == ("Ada Admin", "failed", "not JSON")
    assert stranger.status_code == 404


@pytest.mark.mongo
async def test_a_filter_is_looked_for_and_a_strange_one_refused(letters: DeadLetters) -> None:
    async with service(letters) as http:
        for query, count in (("?topic=alerts", 2), ("?topic=other", 0), ("?open=false", 0)):
            page = await http.get(f"{URL}/dead-letters{query}", headers=ADMINISTRATOR)
            assert len(page.json()["dead_letters"]) == count
        refused = await http.get(f"{URL}/dead-letters?topic=$where", headers=ADMINISTRATOR)
    assert refused.status_code == 422
