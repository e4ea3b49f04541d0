"""One address for all services: who answers what, and how they start and stop together."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, WebSocket
from pydantic import BaseModel
from starlette.types import Message

from chassis.app import Runtime, create_app
from chassis.gateway import Gateway
from chassis.settings import Settings


class Service:
    """A small service that notes how it lives."""

    def __init__(
        self, name: str, settings: Settings, waits_for: asyncio.Event | None = None
    ) -> None:
        self.name = name
        self.log: list[str] = []
        self.started = asyncio.Event()
        self.reason: str | None = None
        self._waits_for = waits_for
        self.app = create_app(name, settings, start=self._start, routers=[self._router()])

    async def _start(self, runtime: Runtime) -> None:
        self.started.set()
        if self._waits_for:
            await self._waits_for.wait()
        runtime.check("bus", lambda: self.reason)
        await runtime.enter(self._part())

    @contextlib.asynccontextmanager
    async def _part(self) -> AsyncIterator[None]:
        self.log.append("up")
        yield
        self.log.append("down")

    def _router(self) -> APIRouter:
        class Thing(BaseModel):
            __annotations__ = {self.name: str}

        class Same(BaseModel):
            id: str

        router = APIRouter()

        @router.get(f"/api/{self.name}/things")
        async def things() -> Thing:
            return Thing(**{self.name: self.name})

        @router.get(f"/api/{self.name}/same")
        async def same() -> Same:
            return Same(id=self.name)

        @router.websocket("/ws")
        async def socket(websocket: WebSocket) -> None:
            await websocket.accept()
            await websocket.send_text(self.name)

        @router.get("/p/{subdomain}", include_in_schema=False)
        async def page(subdomain: str) -> str:
            return f"{self.name} {subdomain}"

        return router


class Desk:
    def __init__(self, settings: Settings) -> None:
        self.cases = Service("cases", settings)
        # Chat starts only after cases did: a gateway that starts one after the other hangs here.
        self.chat = Service("chat", settings, waits_for=self.cases.started)
        self.portal = Service("portal", settings)
        self.services = [self.portal, self.chat, self.cases]
        self.gateway = Gateway({service.name: service.app for service in self.services})

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[httpx.AsyncClient]:
        transport = httpx.ASGITransport(self.gateway)
        async with (
            asyncio.timeout(40),
            lifespan(self.gateway),
            httpx.AsyncClient(transport=transport, base_url="http://desk") as http,
        ):
            yield http


@contextlib.asynccontextmanager
async def lifespan(gateway: Gateway) -> AsyncIterator[None]:
    """Speaks the lifespan protocol as a server does."""
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    serving = asyncio.create_task(gateway(scope, to_app.get, from_app.put))
    for phase in ("startup", "shutdown"):
        await to_app.put({"type": f"lifespan.{phase}"})
        answer = await from_app.get()
        if answer["type"] != f"lifespan.{phase}.complete":
            with contextlib.suppress(BaseException):
                await serving
            raise RuntimeError(answer["type"])
        if phase == "startup":
            yield
    await serving


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


@pytest.fixture
async def http(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    # Entered and left in one task, unlike what a fixture's two halves are.
    ready, done = asyncio.Event(), asyncio.Event()
    clients: list[httpx.AsyncClient] = []

    async def live() -> None:
        async with desk.running() as client:
            clients.append(client)
            ready.set()
            await done.wait()

    living = asyncio.create_task(live())
    await ready.wait()
    yield clients[0]
    done.set()
    await living


async def test_the_path_decides_who_answers(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/cases/things")).json() == {"cases": "cases"}
    assert (await http.get("/api/chat/things")).json() == {"chat": "chat"}
    assert (await http.get("/p/demo")).json() == "portal demo"


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nobody/things", "/api/docs/../secrets", "/health"]
)
async def test_what_nobody_answers_is_not_found(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


async def test_sockets_go_to_chat(desk: Desk) -> None:
    sent: list[Message] = []
    scope: dict[str, Any] = {
        "type": "websocket",
        "path": "/ws",
        "raw_path": b"/ws",
        "headers": [],
        "query_string": b"",
        "subprotocols": [],
    }

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await desk.gateway(scope, receive, send)
    assert {"type": "websocket.send", "text": "chat"} in sent


async def test_it_is_ready_when_every_service_is(desk: Desk, http: httpx.AsyncClient) -> None:
    assert (await http.get("/health/ready")).status_code == 200
    desk.cases.reason = "too far behind"
    answer = await http.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "portal.bus": "ok",
        "chat.bus": "ok",
        "cases.bus": "too far behind",
    }


async def test_services_start_together_and_all_stop(desk: Desk) -> None:
    async with desk.running():
        assert [service.log for service in desk.services] == [["up"]] * 3
    assert [service.log for service in desk.services] == [["up", "down"]] * 3


async def test_one_that_cannot_start_stops_the_others(settings: Settings) -> None:
    async def fail(_: Runtime) -> None:
        await fine.started.wait()
        await asyncio.sleep(0)
        raise RuntimeError("no database")

    fine = Service("portal", settings)
    gateway = Gateway({"portal": fine.app, "chat": create_app("chat", settings, start=fail)})
    with pytest.raises(RuntimeError, match=r"startup\.failed"):
        async with asyncio.timeout(40), lifespan(gateway):
            pass
    assert fine.log == ["up", "down"]


# ---- the description -----------------------------------------------------------------------------


async def test_one_document_describes_all_services(http: httpx.AsyncClient) -> None:
    document = (await http.get("/api/openapi.json")).json()
    assert {"/api/portal/things", "/api/chat/things", "/api/cases/things"} <= set(document["paths"])
    assert document["paths"]["/api/chat/things"]["get"]["tags"] == ["chat"]
    assert not any(path.startswith(("/health", "/metrics")) for path in document["paths"])


async def test_schemas_of_one_name_and_two_meanings_keep_apart(http: httpx.AsyncClient) -> None:
    document = (await http.get("/api/openapi.json")).json()
    schemas = document["components"]["schemas"]
    for service in ("portal", "chat", "cases"):
        operation = document["paths"][f"/api/{service}/things"]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        name = schema["$ref"].removeprefix("#/components/schemas/")
        assert list(schemas[name]["properties"]) == [service]
    assert "Same" in schemas
    assert "ChatSame" not in schemas


async def test_every_reference_leads_somewhere(http: httpx.AsyncClient) -> None:
    document = (await http.get("/api/openapi.json")).json()

    def references(part: Any) -> list[str]:
        if isinstance(part, dict):
            inner = [found for value in part.values() for found in references(value)]
            return inner + ([part["$ref"]] if "$ref" in part else [])
        return (
            [found for value in part for found in references(value)]
            if isinstance(part, list)
            else []
        )

    there = {
        f"#/components/{kind}/{name}"
        for kind, parts in document["components"].items()
        for name in parts
    }
    assert set(references(document)) <= there


async def test_the_page_loads_nothing_from_elsewhere(http: httpx.AsyncClient) -> None:
    page = await http.get("/api/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "//" not in page.text.replace("<!doctype html>", "")
    for name in ("start.js", "swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"):
        assert f"/api/docs/{name}" in page.text
        assert (await http.get(f"/api/docs/{name}")).content
