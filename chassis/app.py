"""The application factory: what every service answers, and how it starts and stops."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from chassis import health, metrics, operations
from chassis.clock import Clock, SystemClock
from chassis.describing import describe
from chassis.edge import Edge, error_response
from chassis.errors import (
    DeskbusError,
    Internal,
    Invalid,
    MethodNotAllowed,
    NotFound,
    TooLarge,
    invalid_from,
)
from chassis.logs import logger
from chassis.runtime import Probe, Runtime
from chassis.settings import Settings
from chassis.starting import started

__all__ = ["Probe", "Runtime", "create_app", "readiness_response"]

_log = logger(__name__)


# ---- the application -----------------------------------------------------------------------------


class ErrorDetail(BaseModel):
    """What went wrong, as a stable code and in English."""

    code: str
    message: str
    params: dict[str, Any]
    fields: list[dict[str, Any]] | None = None
    request_id: str


class ErrorBody(BaseModel):
    """The body of every answer that is not a success."""

    error: ErrorDetail


def create_app(  # noqa: PLR0913 - the keywords are the composition
    name: str,
    settings: Settings,
    *,
    start: Callable[[Runtime], Awaitable[None]],
    routers: Sequence[APIRouter] = (),
    version: str = "1",
    clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
) -> FastAPI:
    """A service: its routes, health, metrics and errors; `start` brings its parts to life.

    Routers carry their whole prefix, `/api/<name>`. `app.state.runtime` is there while it runs. What `start` needs
    may be away at first: then it is called anew, with a new runtime.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with await started(
            lambda: Runtime(name, settings, clock, app.state), start
        ) as runtime:
            app.state.runtime = runtime
            runtime.run("watch_loop", lambda: health.watch_loop(name))
            runtime.run("watch_checks", lambda: health.watch_checks(name, runtime.checks))
            _log.info("service_started", service=name)
            yield

    app = FastAPI(
        title=f"Deskbus {name}",
        version=version,
        lifespan=lifespan,
        openapi_url=f"/api/{name}/openapi.json",
        docs_url=None,
        redoc_url=None,
        # Which errors a route really has is said by `describe`; this only lists what they look like.
        responses={"default": {"model": ErrorBody}},
    )
    app.add_middleware(Edge, service=name)
    _render_errors(app)
    app.include_router(_probes)
    app.include_router(ours := operations.router(name))
    for router in routers:
        app.include_router(router)
    describe(app, (ours, *routers))
    return app


_probes = APIRouter(include_in_schema=False)
_PASSED_ON: Final = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)


@_probes.get("/health/live")
async def _live() -> dict[str, bool]:
    return {"live": True}


@_probes.get("/health/ready")
async def _ready(request: Request) -> JSONResponse:
    runtime: Runtime = request.app.state.runtime
    return readiness_response(await runtime.readiness())


@_probes.get("/metrics")
async def _metrics(request: Request) -> Response:
    runtime: Runtime = request.app.state.runtime
    return metrics_response(request, runtime.settings)


def metrics_response(request: Request, settings: Settings) -> Response:
    """What is measured, for who asks this process itself; nothing is there from outside.

    A reverse proxy that passes every path on is easily written, and would show a desk's figures to
    anybody. So what came through one, or names the public host of a desk in production, is refused.
    """
    passed_on = not _PASSED_ON.isdisjoint(request.headers)
    public = settings.secure and request.headers.get("host") == urlsplit(settings.public_url).netloc
    if passed_on or public:
        return error_response(NotFound(), request.state.request_id)
    return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)


def readiness_response(checks: dict[str, str | None]) -> JSONResponse:
    """200 when no check has a reason against it, else 503; the body lists all of them."""
    ready = not any(checks.values())
    listed = {name: reason or "ok" for name, reason in checks.items()}
    return JSONResponse({"ready": ready, "checks": listed}, 200 if ready else 503)


# ---- errors --------------------------------------------------------------------------------------

_BY_STATUS: Final[dict[int, type[DeskbusError]]] = {
    404: NotFound,
    405: MethodNotAllowed,
    413: TooLarge,
}


def refuse(request: Request, error: DeskbusError) -> JSONResponse:
    """The answer to a request that fails with this error."""
    return error_response(error, request.state.request_id)


def _render_errors(app: FastAPI) -> None:
    @app.exception_handler(DeskbusError)
    async def own(request: Request, error: DeskbusError) -> JSONResponse:
        return refuse(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return refuse(request, invalid_from(error.errors()))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        return error_response(_of_status(error.status_code)(), request.state.request_id, headers)


def _of_status(status: int) -> type[DeskbusError]:
    return _BY_STATUS.get(status, Internal if status >= Internal.status else Invalid)
