"""All services behind one address, in one process: the embedded default's gateway.

`/api/<service>/...` goes to that service, `/ws` to chat, `/health`, `/metrics`, `/api/docs` and
`/api/openapi.json` are answered here, as are the tools of a desk on one machine, and everything
else is a page of portal's. Scopes pass as they are: no path is rewritten, and a socket costs nothing
more than without a gateway.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.app import Runtime, metrics_response, readiness_response
from chassis.docs import FILES, merged_openapi
from chassis.edge import Edge, error_response
from chassis.errors import NotFound

PAGES: Final = "portal"
SOCKETS: Final = "chat"


class Gateway:
    """An ASGI application made of the services' applications, by name; `tools` are further pages."""

    def __init__(self, apps: Mapping[str, FastAPI], tools: Sequence[Route] = ()) -> None:
        self._apps = apps
        self._answered = {"health", "metrics", *(tool.path.split("/")[1] for tool in tools)}
        self._own = Starlette(
            routes=[
                Route("/health/live", _live),
                Route("/health/ready", self._ready),
                Route("/metrics", self._metrics),
                Route("/api/openapi.json", self._openapi),
                Route("/api/docs", _docs),
                Route("/api/docs/{name}", _docs),
                *tools,
                Route("/{path:path}", _nothing),
            ],
            middleware=[Middleware(Edge, service="gateway")],
            lifespan=self._lifespan,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on; a lifespan is that of all services together."""
        await self._app_for(scope)(scope, receive, send)

    def _app_for(self, scope: Scope) -> ASGIApp:
        if scope["type"] == "lifespan":
            return self._own
        first, _, rest = scope["path"].removeprefix("/").partition("/")
        if first == "ws":
            return self._apps[SOCKETS]
        if first == "api":
            return self._apps.get(rest.partition("/")[0], self._own)
        return self._own if first in self._answered else self._apps[PAGES]

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """All services start together, because they wait for what another one publishes."""
        stopping = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            started = [asyncio.Event() for _ in self._apps]
            for app, event in zip(self._apps.values(), started, strict=True):
                tasks.create_task(_live_through(app, event, stopping))
            for event in started:
                await event.wait()
            try:
                yield
            finally:
                stopping.set()

    async def _ready(self, _: Request) -> Response:
        checks: dict[str, str | None] = {}
        for name, app in self._apps.items():
            runtime: Runtime = app.state.runtime
            found = await runtime.readiness()
            checks |= {f"{name}.{check}": reason for check, reason in found.items()}
        return readiness_response(checks)

    async def _metrics(self, request: Request) -> Response:
        runtime: Runtime = next(iter(self._apps.values())).state.runtime
        return metrics_response(request, runtime.settings)

    async def _openapi(self, _: Request) -> Response:
        return JSONResponse(merged_openapi(self._apps))


async def _live_through(app: FastAPI, started: asyncio.Event, stopping: asyncio.Event) -> None:
    # In a task of its own, for what is entered in a task must be left in the same one.
    async with app.router.lifespan_context(app):
        started.set()
        await stopping.wait()


async def _live(_: Request) -> Response:
    return JSONResponse({"live": True})


async def _docs(request: Request) -> Response:
    file = FILES.get(request.path_params.get("name", ""))
    return file.response() if file else await _nothing(request)


async def _nothing(request: Request) -> Response:
    return error_response(NotFound(), request.state.request_id)
