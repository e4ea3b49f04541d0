"""What every service answers: health, metrics, and errors in one form."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import APIRouter, Depends, FastAPI
from pydantic import BaseModel

from chassis.admits import current_customer, current_technician
from chassis.app import Runtime, create_app
from chassis.clock import SystemClock
from chassis.edge import BODY_LIMIT
from chassis.errors import DeskbusError, RetryLater
from chassis.settings import Settings
from chassis.text import EmailAddress, PersonName
from chassis.tokens import Identity, TokenSigner, TokenVerifier

SETTINGS = Settings(kafka="k:1", mongo="mongodb://m", secret=base64.b64encode(bytes(32)).decode())
KEY = Ed25519PrivateKey.generate()
router = APIRouter(prefix="/api/demo")


class Taken(DeskbusError):
    code = "taken"
    status = 409
    text = "{name} was faster."


class Form(BaseModel):
    name: PersonName
    email: EmailAddress


@router.post("/forms")
async def post(form: Form) -> Form:
    return form


@router.get("/broken/{what}")
async def broken(what: str) -> None:
    raise {"taken": Taken(name="Ana"), "away": RetryLater(), "bug": RuntimeError("secret")}[what]


@router.get("/me")
async def me(identity: Annotated[Identity, Depends(current_technician)]) -> str:
    return identity.id


@router.get("/mine")
async def mine(identity: Annotated[Identity, Depends(current_customer)]) -> str:
    return identity.id


async def start(runtime: Runtime) -> None:
    keys = {"k": KEY.public_key()}
    runtime.state.verifier = TokenVerifier(keys.get, lambda _: None, runtime.clock)


@asynccontextmanager
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as http,
    ):
        yield http


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client(create_app("demo", SETTINGS, start=start, routers=[router])) as demo:
        yield demo


async def test_an_error_is_rendered_with_code_params_and_request_id(
    http: httpx.AsyncClient,
) -> None:
    answer = await http.get("/api/demo/broken/taken", headers={"x-request-id": "r-1"})
    assert answer.status_code == 409
    assert answer.json() == {
        "error": {
            "code": "taken",
            "message": "Ana was faster.",
            "params": {"name": "Ana"},
            "request_id": "r-1",
        }
    }
    assert answer.headers["x-request-id"] == "r-1"


async def test_what_is_away_says_when_to_come_back(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/demo/broken/away")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_a_defect_shows_its_request_id_and_nothing_else(http: httpx.AsyncClient) -> None:
    answer = await http.get("/api/demo/broken/bug", headers={"x-request-id": "<script>"})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (500, "internal")
    assert error["request_id"] == answer.headers["x-request-id"] != "<script>"
    assert "secret" not in answer.text


async def test_every_invalid_field_is_named_without_repeating_it(http: httpx.AsyncClient) -> None:
    answer = await http.post("/api/demo/forms", json={"email": "not-an-address"})
    assert answer.status_code == 422
    assert answer.json()["error"]["fields"] == [
        {"field": "name", "code": "required", "params": {}},
        {"field": "email", "code": "invalid_email", "params": {}},
    ]
    assert "not-an-address" not in answer.text


async def test_what_is_no_json_is_invalid_input(http: httpx.AsyncClient) -> None:
    answer = await http.post(
        "/api/demo/forms", content=b"{", headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")


async def test_unknown_paths_and_methods_have_codes(http: httpx.AsyncClient) -> None:
    unknown, method = await http.get("/nowhere"), await http.delete("/api/demo/forms")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "not_found")
    assert (method.status_code, method.json()["error"]["code"]) == (405, "method_not_allowed")
    assert method.headers["allow"] == "POST"


async def test_a_body_over_the_limit_is_refused_announced_or_not(http: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 1024 + 1):
            yield b" " * 1024

    for body in (b" " * (BODY_LIMIT + 1), chunks()):
        answer = await http.post("/api/demo/forms", content=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


async def test_json_is_neither_sniffed_nor_kept(http: httpx.AsyncClient) -> None:
    answer = await http.get("/health/live")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_route_takes_the_kind_of_person_it_is_for(http: httpx.AsyncClient) -> None:
    ana = Identity(kind="technician", id="ana", tenant="t", name="Ana")
    token, _ = TokenSigner(KEY, "k", SystemClock()).access(ana)
    headers = {"authorization": f"Bearer {token}"}
    assert (await http.get("/api/demo/me", headers=headers)).json() == "ana"
    for answer in (
        await http.get("/api/demo/mine", headers=headers),
        await http.get("/api/demo/me"),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token_invalid")


async def test_measures_name_the_route_and_never_the_path(http: httpx.AsyncClient) -> None:
    await http.get("/api/demo/broken/taken")
    text = (await http.get("/metrics")).text
    assert 'route="/api/demo/broken/{what}",service="demo",status="409"' in text


async def test_the_description_tells_our_form_of_errors(http: httpx.AsyncClient) -> None:
    document = (await http.get("/api/demo/openapi.json")).json()
    responses = document["paths"]["/api/demo/forms"]["post"]["responses"]
    assert responses["422"] == {"$ref": "#/components/responses/422-invalid_input"}
    told = document["components"]["responses"]["422-invalid_input"]["content"]["application/json"]
    assert told["schema"]["$ref"].endswith("/ErrorBody")
    assert told["examples"]["invalid_input"]["value"]["error"]["fields"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


# ---- starting, readiness, jobs -------------------------------------------------------------------


async def test_ready_lists_each_check_with_its_reason() -> None:
    async def slow() -> None:
        await asyncio.sleep(60)

    async def away() -> None:
        raise RetryLater

    async def checks(runtime: Runtime) -> None:
        runtime.check("fine", lambda: None)
        runtime.check("loading", lambda: "still loading")
        runtime.check("slow", slow)
        runtime.check("away", away)

    async with client(create_app("demo", SETTINGS, start=checks)) as http:
        answer = await http.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "checks": {
            "fine": "ok",
            "loading": "still loading",
            "slow": "does not answer",
            "away": "unavailable",
        },
    }


async def test_a_crashed_job_is_started_again() -> None:
    done = asyncio.Event()
    starts = 0

    async def job() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            raise ConnectionError
        done.set()

    async def begin(runtime: Runtime) -> None:
        runtime.run("work", job)

    async with client(create_app("demo", SETTINGS, start=begin)) as http:
        await asyncio.wait_for(done.wait(), 30)
        text = (await http.get("/metrics")).text
    assert starts == 2
    assert 'deskbus_job_crashes_total{job="work",service="demo"} 1.0' in text


async def test_parts_are_left_in_reverse_and_jobs_before_what_they_use() -> None:
    seen: list[str] = []

    @asynccontextmanager
    async def part(name: str) -> AsyncIterator[None]:
        seen.append(f"+{name}")
        yield
        seen.append(f"-{name}")

    async def job() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            seen.append("-job")

    async def begin(runtime: Runtime) -> None:
        await runtime.enter(part("database"))
        runtime.run("job", job)
        await runtime.enter(part("bus"))
        await asyncio.sleep(0)

    async with client(create_app("demo", SETTINGS, start=begin)):
        pass
    assert seen == ["+database", "+bus", "-bus", "-job", "-database"]
